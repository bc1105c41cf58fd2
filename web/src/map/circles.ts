// Circles of a size on the ground, as rings of degrees.
import type { Position } from "geojson";

const EARTH_KM = 6371.0088;
const SIDES = 48;

/** A ring around a point, all of it so many kilometres away (great circles). */
export function circle(lon: number, lat: number, radiusKm: number): Position[] {
  const [phi, lambda] = [radians(lat), radians(lon)];
  const angle = radiusKm / EARTH_KM;
  const ring: Position[] = [];
  for (let n = 0; n <= SIDES; n += 1) {
    const bearing = ((n % SIDES) / SIDES) * 2 * Math.PI;
    const y = Math.asin(
      Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(bearing),
    );
    const x =
      lambda +
      Math.atan2(
        Math.sin(bearing) * Math.sin(angle) * Math.cos(phi),
        Math.cos(angle) - Math.sin(phi) * Math.sin(y),
      );
    ring.push([degrees(x), degrees(y)]);
  }
  return ring;
}

const radians = (value: number): number => (value * Math.PI) / 180;
const degrees = (value: number): number => (value * 180) / Math.PI;
