// The command line that gives the same bytes.

import type { operations } from "../api/schema";

type Query = NonNullable<operations["export_api_v1_export_get"]["parameters"]["query"]>;
/** Parameters that are true or false. */
type Flag = {
  [name in keyof Query]-?: [Query[name]] extends [boolean | undefined] ? name : never;
}[keyof Query];

/** Parameters of the API, and the options of `dateline export` where they have another name. */
const OPTIONS: Record<string, string> = { revision: "as-of", layout: "as" } satisfies {
  [name in keyof Query]?: string;
};
const BARE = ["undated", "unplaced", "disputed", "incidents"] as const satisfies readonly Flag[];
// A flag that the API has and that does not stand above is an error of `npm run check`.
true satisfies [Exclude<Flag, (typeof BARE)[number]>] extends [never] ? true : never;
const FLAGS = new Set<string>(BARE);

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
