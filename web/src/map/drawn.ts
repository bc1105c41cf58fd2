// What of an answer the map draws, as GeoJSON.
import type { FeatureCollection, Point, Polygon } from "geojson";
import type { Atlas } from "../api/client";
import { circle } from "./circles";

/** A province of unknown area is drawn as a small circle (km). */
const SMALL_KM = 20;

export function clusterPoints(atlas: Atlas): FeatureCollection<Point> {
  return {
    type: "FeatureCollection",
    features: atlas.clusters.map((one) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [one.lon, one.lat] },
      properties: {
        count: one.count,
        label: one.count > 1 ? short(one.count) : "",
        hollow: one.disputed === one.count,
        event: one.event ?? "",
      },
    })),
  };
}

export function provinceAreas(atlas: Atlas): FeatureCollection<Polygon> {
  return {
    type: "FeatureCollection",
    features: atlas.provinces.map((one) => ({
      type: "Feature",
      geometry: { type: "Polygon", coordinates: [circle(one.lon, one.lat, one.radius_km ?? SMALL_KM)] },
      properties: { count: one.count, hollow: one.disputed === one.count, id: one.id ?? "", name: one.name },
    })),
  };
}

/** 1234 -> "1.2k". */
export function short(count: number): string {
  if (count < 1000) return String(count);
  const thousands = count / 1000;
  return `${thousands < 10 ? thousands.toFixed(1) : Math.round(thousands)}k`;
}
