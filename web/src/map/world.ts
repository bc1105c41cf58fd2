// The countries of the world, from Natural Earth by way of world-atlas, with ISO codes; cut at no meridian.
import codes from "i18n-iso-countries/codes.json";
import { feature } from "topojson-client";
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from "geojson";
import type { GeometryCollection, Topology } from "topojson-specification";

export type Country = Feature<Polygon | MultiPolygon, { code: string; name: string }>;

const alpha2 = new Map(codes.map(([two, , numeric]) => [numeric, two]));
/** Countries that have no ISO number in Natural Earth. */
const BY_NAME: Record<string, string> = { Kosovo: "XK", Somaliland: "SO", "N. Cyprus": "CY" };

/** A ring that goes on over the antimeridian, instead of jumping across the world; one around a pole goes by the pole. */
export function unwrapped(ring: Position[]): Position[] {
  let shift = 0;
  let before = ring[0]?.[0] ?? 0;
  const made = ring.map(([lon = 0, lat = 0]) => {
    if (lon - before > 180) shift -= 360;
    else if (lon - before < -180) shift += 360;
    before = lon;
    return [lon + shift, lat];
  });
  const first = made[0];
  const last = made.at(-1);
  if (first && last && Math.abs(first[0]! - last[0]!) > 180) {
    const pole = (first[1] ?? 0) < 0 ? -90 : 90;
    made.push([last[0]!, pole], [first[0]!, pole], first);
  }
  return made;
}

/** The countries of an atlas, each with its ISO code ("" where it has none). */
export function countriesOf(
  atlas: Topology,
): FeatureCollection<Polygon | MultiPolygon, { code: string; name: string }> {
  const all = feature(atlas, atlas.objects["countries"] as GeometryCollection<{ name: string }>);
  const features = all.features.map((one): Country => {
    const name = one.properties.name;
    const number = one.id === undefined ? "" : String(one.id).padStart(3, "0");
    return {
      type: "Feature",
      properties: { code: alpha2.get(number) ?? BY_NAME[name] ?? "", name },
      geometry: continued(one.geometry as Polygon | MultiPolygon),
    };
  });
  return { type: "FeatureCollection", features };
}

function continued(shape: Polygon | MultiPolygon): Polygon | MultiPolygon {
  if (shape.type === "Polygon") return { ...shape, coordinates: shape.coordinates.map(unwrapped) };
  return { ...shape, coordinates: shape.coordinates.map((polygon) => polygon.map(unwrapped)) };
}

/** Loads the atlas; the browser keeps it. */
export async function loadCountries() {
  const atlas = (await import("world-atlas/countries-50m.json")).default as unknown as Topology;
  return countriesOf(atlas);
}
