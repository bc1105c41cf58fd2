import { expect, test } from "vitest";
import { commandOf } from "./command";

test("the command has the names that the command line knows, and quotes what a shell would read", () => {
  const params = new URLSearchParams(
    "type=bombing&place=O'Neill town&undated=true&min_people=3&revision=7&format=csv&names=none&layout=acled&coarse_place=admin1",
  );
  expect(commandOf(params)).toBe(
    "dateline export --type bombing --place 'O'\\''Neill town' --undated --min-people 3 --as-of 7 --format csv --names none --as acled --coarse-place admin1",
  );
});
