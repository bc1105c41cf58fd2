// The command line that gives the same bytes.

/** Parameters of the API, and the options of `dateline export` where they have another name. */
const OPTIONS: Record<string, string> = { revision: "as-of", layout: "as" };
const FLAGS = new Set(["undated", "unplaced", "disputed", "incidents"]);

export function commandOf(params: URLSearchParams): string {
  const parts = ["dateline export"];
  for (const [name, value] of params) {
    if (FLAGS.has(name)) parts.push(`--${name}`);
    else parts.push(`--${(OPTIONS[name] ?? name).replaceAll("_", "-")} ${quoted(value)}`);
  }
  return parts.join(" ");
}

/** For a shell; what begins with a hyphen is no option. */
function quoted(value: string): string {
  return /^[\w.:,+@%/][\w.:,+@%/-]*$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}
