import atlas from "world-atlas/countries-110m.json";
import type { Topology } from "topojson-specification";
import { describe, expect, test } from "vitest";
import { short } from "./short";
import { countriesOf, unwrapped } from "./world";

describe("the world", () => {
  const countries = countriesOf(atlas as unknown as Topology);

  test("has codes for all but disputed lands", () => {
    const without = countries.features.filter((one) => one.properties.code === "");
    expect(without).toHaveLength(0);
    expect(countries.features.find((one) => one.properties.name === "Iraq")?.properties.code).toBe("IQ");
    expect(countries.features.find((one) => one.properties.name === "Kosovo")?.properties.code).toBe("XK");
  });

  test("no edge jumps across the world, and every ring is closed", () => {
    for (const one of countries.features) {
      const polygons =
        one.geometry.type === "Polygon" ? [one.geometry.coordinates] : one.geometry.coordinates;
      for (const ring of polygons.flat()) {
        const last = ring.at(-1)!;
        expect([last[0], last[1]]).toEqual([ring[0]![0], ring[0]![1]]);
        for (let n = 1; n < ring.length; n += 1) {
          const step = Math.abs(ring[n]![0]! - ring[n - 1]![0]!);
          // Only the way along a pole is longer.
          if (Math.abs(ring[n]![1]!) < 90) expect(step).toBeLessThan(180);
        }
      }
    }
  });

  test("a ring over the antimeridian goes on", () => {
    expect(
      unwrapped([
        [170, 0],
        [-170, 0],
        [-170, 5],
        [170, 0],
      ]),
    ).toEqual([
      [170, 0],
      [190, 0],
      [190, 5],
      [170, 0],
    ]);
  });
});

test.each([
  [1, "1"],
  [999, "999"],
  [1000, "1.0k"],
  [9949, "9.9k"],
  [12345, "12k"],
] as const)("%i is shown as %s", (count, shown) => {
  expect(short(count)).toBe(shown);
});
