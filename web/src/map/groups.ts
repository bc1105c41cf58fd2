// Groups of types on the map: each has a colour (of the vocabulary) and a shape, so that no one needs the colours.
import { user } from "../state/session.svelte";

/** Of a type the group; "" while the vocabulary is on its way. */
export const groupOf = (type: string): string =>
  user.vocabulary?.groups.find((one) => one.types.includes(type))?.group ?? "";

export const colourOf = (group: string): string =>
  user.vocabulary?.groups.find((one) => one.group === group)?.colour ?? "#7a828a";

const SIDES: Record<string, [sides: number, turn: number]> = {
  security: [4, 45],
  intent: [3, -90],
  law: [4, 0],
  politics: [5, -90],
  other: [6, 0],
};
/** Corners lie farther out than a circle of the same size. */
const LARGER: Record<number, number> = { 3: 1.45, 4: 1.25, 5: 1.15, 6: 1.1 };

/** The outline of a group's shape around a point. */
export function shape(group: string, x: number, y: number, radius: number): string {
  const [sides, turn] = SIDES[group] ?? [0, 0];
  if (!sides)
    return `M${x - radius},${y}a${radius},${radius} 0 1,0 ${2 * radius},0a${radius},${radius} 0 1,0 ${-2 * radius},0Z`;
  const far = radius * LARGER[sides]!;
  const corners = Array.from({ length: sides }, (_, n) => {
    const angle = ((turn + (360 / sides) * n) * Math.PI) / 180;
    return `${(x + far * Math.cos(angle)).toFixed(2)},${(y + far * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${corners.join("L")}Z`;
}

export interface Arc {
  group: string;
  path: string;
}

/** A ring of shares, from the top clockwise. */
export function ring(groups: Record<string, number>, x: number, y: number, radius: number): Arc[] {
  const shares = Object.entries(groups);
  const whole = shares.reduce((sum, [, n]) => sum + n, 0);
  if (shares.length === 1) return [{ group: shares[0]![0], path: shape("", x, y, radius) }];
  let before = 0;
  return shares.map(([group, n]) => {
    const [from, to] = [before / whole, (before + n) / whole].map(
      (share) => share * 2 * Math.PI - Math.PI / 2,
    );
    before += n;
    const at = (angle: number): string =>
      `${(x + radius * Math.cos(angle)).toFixed(2)},${(y + radius * Math.sin(angle)).toFixed(2)}`;
    const wide = to! - from! > Math.PI ? 1 : 0;
    return { group, path: `M${at(from!)}A${radius},${radius} 0 ${wide},1 ${at(to!)}` };
  });
}
