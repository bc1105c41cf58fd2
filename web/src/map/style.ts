// How the map looks below the marks: our own layers, drawn from what is on this machine; no glyphs, sprites or tiles of another host.
import type { GeoJSONSourceSpecification, StyleSpecification } from "maplibre-gl";

/** Colours of the map, read from the page's own. */
export interface Palette {
  water: string;
  land: string;
  line: string;
  accent: string;
  text: string;
  quiet: string;
}

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    water: read("water"),
    land: read("land"),
    line: read("line"),
    accent: read("accent"),
    text: read("text"),
    quiet: read("quiet"),
  };
}

const EMPTY: GeoJSONSourceSpecification = {
  type: "geojson",
  data: { type: "FeatureCollection", features: [] },
};

export function styleOf(p: Palette, basemap: boolean): StyleSpecification {
  return {
    version: 8,
    sources: {
      world: { ...EMPTY, promoteId: "code" },
      box: EMPTY,
      ...(basemap
        ? { basemap: { type: "vector" as const, url: `pmtiles://${location.origin}/basemap.pmtiles` } }
        : {}),
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": p.water } },
      { id: "land", type: "fill", source: "world", paint: { "fill-color": p.land, "fill-antialias": false } },
      ...(basemap ? basemapLayers(p) : []),
      {
        id: "shade",
        type: "fill",
        source: "world",
        paint: {
          "fill-color": p.accent,
          "fill-antialias": false,
          "fill-opacity": [
            "interpolate",
            ["linear"],
            ["log10", ["+", 1, ["coalesce", ["feature-state", "count"], 0]]],
            0,
            0,
            4,
            0.55,
          ],
        },
      },
      { id: "borders", type: "line", source: "world", paint: { "line-color": p.line, "line-width": 0.8 } },
      { id: "box", type: "line", source: "box", paint: { "line-color": p.text, "line-width": 2 } },
    ],
  };
}

/** The layers of a Protomaps basemap that help to find one's way; of another one what has the same names. */
function basemapLayers(p: Palette): StyleSpecification["layers"] {
  const source = "basemap";
  return [
    { id: "base-earth", type: "fill", source, "source-layer": "earth", paint: { "fill-color": p.land } },
    { id: "base-water", type: "fill", source, "source-layer": "water", paint: { "fill-color": p.water } },
    {
      id: "base-roads",
      type: "line",
      source,
      "source-layer": "roads",
      minzoom: 6,
      paint: { "line-color": p.line, "line-width": 1 },
    },
    {
      id: "base-boundaries",
      type: "line",
      source,
      "source-layer": "boundaries",
      paint: { "line-color": p.quiet, "line-width": 0.8, "line-dasharray": [4, 2] },
    },
    {
      id: "base-places",
      type: "symbol",
      source,
      "source-layer": "places",
      minzoom: 4,
      layout: { "text-field": ["coalesce", ["get", "name:en"], ["get", "name"]], "text-size": 11 },
      paint: { "text-color": p.quiet, "text-halo-color": p.land, "text-halo-width": 1 },
    },
  ];
}
