// MapLibre, wrapped: the ground on which marks stand. Says where it was moved, which country was clicked, which box drawn.
import * as maplibre from "maplibre-gl";
import type { GeoJSONSource, LngLatBounds, Map as MapLibre } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { FeatureCollection } from "geojson";
import type { Atlas } from "../api/client";
import { paletteOf, styleOf } from "./style";

export interface Seen {
  zoom: number;
  box: [number, number, number, number];
}

export interface Wishes {
  /** It is moving: what stands on it must move along. */
  moving: () => void;
  /** It has come to rest; `byHand`: a person moved it. */
  moved: (seen: Seen, byHand: boolean) => void;
  country: (code: string) => void;
  boxed: (box: [number, number, number, number]) => void;
}

export interface Drawing {
  draw: (countries: Atlas["countries"], box: [number, number, number, number] | null) => void;
  at: (lon: number, lat: number) => [number, number];
  /** Pixels of a kilometre at a latitude. */
  km: (lat: number) => number;
  closer: (lon: number, lat: number) => void;
  recolour: () => void;
  zoom: (by: number) => void;
  /** Look at a box of degrees as a whole. */
  fit: (box: [number, number, number, number]) => void;
  seen: () => Seen;
  remove: () => void;
}

/** Pixels of the whole world at zoom 0, and kilometres around the equator. */
const TILE = 512;
const AROUND_KM = 40_075.017;
/** Pixels around what is looked at as a whole, and how closely it is looked at where it is one place. */
const MARGIN = 36;
const CLOSEST = 6;

maplibre.setWorkerUrl(workerUrl);

export async function drawing(
  element: HTMLElement,
  start: Seen | null,
  countries: FeatureCollection,
  basemap: boolean,
  wishes: Wishes,
): Promise<Drawing> {
  if (basemap) {
    const { Protocol } = await import("pmtiles");
    maplibre.addProtocol("pmtiles", new Protocol().tile);
  }
  const map = new maplibre.Map({
    container: element,
    style: styleOf(paletteOf(element), basemap),
    ...(start ? { bounds: start.box } : { center: [38, 24], zoom: 1.1 }),
    attributionControl: false,
    boxZoom: false,
    dragRotate: false,
    pitchWithRotate: false,
    // Nothing fades: every frame of a fade draws the whole map anew.
    fadeDuration: 0,
    maxZoom: basemap ? 15 : 9,
    minZoom: -0.5,
    locale: { "Map.Title": "" },
  });
  map.touchZoomRotate.disableRotation();
  await new Promise((done) => map.once("load", done));
  source(map, "world").setData(countries);
  let shaded: string[] = [];

  let boxed = "";

  function draw(counts: Atlas["countries"], box: [number, number, number, number] | null): void {
    // New data makes the map cut tiles and draw anew: only where it is other than before.
    if (String(box) !== boxed) source(map, "box").setData(boxLine(box));
    boxed = String(box);
    for (const code of shaded) map.setFeatureState({ source: "world", id: code }, { count: 0 });
    for (const one of counts) map.setFeatureState({ source: "world", id: one.country }, { count: one.count });
    shaded = counts.map((one) => one.country);
  }

  function at(lon: number, lat: number): [number, number] {
    // The copy of the world that is nearest to the middle of what is seen.
    const middle = map.getCenter().lng;
    const { x, y } = map.project([lon + 360 * Math.round((middle - lon) / 360), lat]);
    return [Math.round(x * 10) / 10, Math.round(y * 10) / 10];
  }

  map.on("move", wishes.moving);
  map.on("resize", wishes.moving);
  let fitting = false;
  map.on("moveend", () => wishes.moved(seenOf(map), !fitting));

  function fit([west, south, east, north]: [number, number, number, number]): void {
    fitting = true;
    map.fitBounds([west, south, east, north], { padding: MARGIN, maxZoom: CLOSEST, animate: false });
    fitting = false;
  }

  listenForClicks(map, wishes);
  listenForBoxes(map, wishes);
  return {
    draw,
    at,
    km: (lat) => (TILE * 2 ** map.getZoom()) / (AROUND_KM * Math.cos((lat * Math.PI) / 180)),
    closer: (lon, lat) =>
      map.easeTo({ center: [lon, lat], zoom: Math.min(map.getZoom() + 2, map.getMaxZoom()) }),
    recolour: () => {
      // Only the paint: the sources and what is in them stay.
      for (const layer of styleOf(paletteOf(element), basemap).layers)
        for (const [name, value] of Object.entries(layer.paint ?? {}))
          map.setPaintProperty(layer.id, name as "fill-color", value as string);
    },
    zoom: (by) => map.zoomTo(map.getZoom() + by),
    fit,
    seen: () => seenOf(map),
    remove: () => map.remove(),
  };
}

const source = (map: MapLibre, id: string): GeoJSONSource => map.getSource(id) as GeoJSONSource;

function seenOf(map: MapLibre): Seen {
  return { zoom: map.getZoom(), box: boxOf(map.getBounds()) };
}

function boxOf(bounds: LngLatBounds): [number, number, number, number] {
  const [west, south, east, north] = [
    bounds.getWest(),
    bounds.getSouth(),
    bounds.getEast(),
    bounds.getNorth(),
  ];
  if (east - west >= 360) return [-180, clamp(south), 180, clamp(north)];
  return [round(around(west)), clamp(south), round(around(east)), clamp(north)];
}

const around = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;
const clamp = (lat: number): number => round(Math.max(-90, Math.min(90, lat)));
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function boxLine(box: [number, number, number, number] | null): FeatureCollection {
  if (!box) return { type: "FeatureCollection", features: [] };
  const [west, south, , north] = box;
  const east = box[2] < west ? box[2] + 360 : box[2];
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const geometry = { type: "LineString" as const, coordinates: ring };
  return { type: "FeatureCollection", features: [{ type: "Feature", properties: {}, geometry }] };
}

function listenForClicks(map: MapLibre, wishes: Wishes): void {
  map.on("click", (click) => {
    const [country] = map.queryRenderedFeatures(click.point, { layers: ["shade"] });
    if (country && map.getFeatureState({ source: "world", id: country.id! })["count"])
      wishes.country(String(country.id));
  });
}

/** Shift and drag draws a box. */
function listenForBoxes(map: MapLibre, wishes: Wishes): void {
  const canvas = map.getCanvas();
  canvas.addEventListener("pointerdown", (down) => {
    if (!down.shiftKey || down.button !== 0) return;
    down.preventDefault();
    map.dragPan.disable();
    const rect = canvas.getBoundingClientRect();
    const corner = (at: PointerEvent) => map.unproject([at.clientX - rect.left, at.clientY - rect.top]);
    const from = corner(down);
    const boxTo = (at: PointerEvent) => boxOf(new maplibre.LngLatBounds().extend(from).extend(corner(at)));
    const show = (at: PointerEvent) => source(map, "box").setData(boxLine(boxTo(at)));
    const done = (at: PointerEvent): void => {
      removeEventListener("pointermove", show);
      map.dragPan.enable();
      const box = boxTo(at);
      if (box[0] !== box[2] && box[1] !== box[3]) wishes.boxed(box);
    };
    addEventListener("pointermove", show);
    addEventListener("pointerup", done, { once: true });
  });
}
