// Python counts code points, the browser UTF-16 units. This is the one place where one becomes the other.

/** Converts code-point offsets into a text to UTF-16 offsets; what lies outside is moved to the nearest end. */
export function utf16Offsets(text: string): (codePoint: number) => number {
  // Only the places of characters that take two units are kept: most texts have few.
  const wide: number[] = [];
  let points = 0;
  for (let unit = 0; unit < text.length; unit += 1) {
    const code = text.charCodeAt(unit);
    const next = text.charCodeAt(unit + 1);
    if (code >= 0xd800 && code < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
      wide.push(points);
      unit += 1;
    }
    points += 1;
  }
  return (codePoint) => {
    const inside = Math.max(0, Math.min(codePoint, points));
    return inside + before(wide, inside);
  };
}

/** The code-point offset of a UTF-16 offset into a text; the middle of a character counts as its end. */
export function codePointOffset(text: string, unit: number): number {
  return [...text.slice(0, Math.max(0, unit))].length;
}

/** How many numbers of a rising list are below a number. */
function before(rising: number[], number: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
