// MapLibre, wrapped: draws answers, and says where the map was moved, what was clicked, which box was drawn.
import * as maplibre from "maplibre-gl";
import type { GeoJSONSource, LngLatBounds, Map as MapLibre } from "maplibre-gl";
import "maplibre-gl/dist/maplibre-gl.css";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import type { FeatureCollection } from "geojson";
import type { Atlas } from "../api/client";
import { clusterPoints, provinceAreas } from "./drawn";
import { paletteOf, styleOf } from "./style";

export interface Seen {
  zoom: number;
  box: [number, number, number, number];
}

export interface Wishes {
  /** All that was asked to be drawn is drawn. */
  idle: () => void;
  moved: (seen: Seen) => void;
  event: (id: string) => void;
  province: (id: string) => void;
  country: (code: string) => void;
  boxed: (box: [number, number, number, number]) => void;
}

export interface Drawing {
  draw: (atlas: Atlas, box: [number, number, number, number] | null) => void;
  recolour: () => void;
  zoom: (by: number) => void;
  seen: () => Seen;
  remove: () => void;
}

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
    minZoom: 0.3,
    locale: { "Map.Title": "" },
  });
  map.touchZoomRotate.disableRotation();
  await new Promise((done) => map.once("load", done));
  source(map, "world").setData(countries);
  let shaded: string[] = [];

  const before = new Map<string, string>();
  /** New data makes the map cut tiles and draw anew: only where it is other than before. */
  function put(id: string, data: FeatureCollection): void {
    const text = JSON.stringify(data);
    if (before.get(id) === text) return;
    before.set(id, text);
    source(map, id).setData(data);
  }

  function draw(atlas: Atlas, box: [number, number, number, number] | null): void {
    put("clusters", clusterPoints(atlas));
    put("provinces", provinceAreas(atlas));
    put("box", boxLine(box));
    for (const code of shaded) map.setFeatureState({ source: "world", id: code }, { count: 0 });
    for (const one of atlas.countries)
      map.setFeatureState({ source: "world", id: one.country }, { count: one.count });
    map.setLayoutProperty("shade", "visibility", atlas.countries.length ? "visible" : "none");
    shaded = atlas.countries.map((one) => one.country);
  }

  map.on("idle", wishes.idle);
  map.on("moveend", () => wishes.moved(seenOf(map)));
  listenForClicks(map, wishes);
  listenForBoxes(map, wishes);
  return {
    draw,
    recolour: () => {
      // Only the paint: the sources and what is in them stay.
      for (const layer of styleOf(paletteOf(element), basemap).layers)
        for (const [name, value] of Object.entries(layer.paint ?? {}))
          map.setPaintProperty(layer.id, name as "fill-color", value as string);
    },
    zoom: (by) => map.zoomTo(map.getZoom() + by),
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
    const [top] = map.queryRenderedFeatures(click.point, { layers: ["clusters", "provinces", "shade"] });
    if (!top) return;
    if (top.layer.id === "clusters") {
      const id = String(top.properties["event"] ?? "");
      if (id) wishes.event(id);
      else map.easeTo({ center: click.lngLat, zoom: Math.min(map.getZoom() + 2, map.getMaxZoom()) });
    } else if (top.layer.id === "provinces")
      wishes.province(String(top.properties["id"] || top.properties["name"]));
    else if (map.getFeatureState({ source: "world", id: top.id! })["count"]) wishes.country(String(top.id));
  });
  for (const layer of ["clusters", "provinces"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
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
