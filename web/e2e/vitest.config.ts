import { defineConfig } from "vitest/config";

// One browser, one file after the other: the machine has two cores.
export default defineConfig(({ mode }) => ({
  test: {
    include: mode === "screenshots" ? ["e2e/screenshots.ts"] : ["e2e/**/*.test.ts"],
    root: ".",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
}));
