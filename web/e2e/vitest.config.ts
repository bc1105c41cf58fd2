import { defineConfig } from "vitest/config";

// One browser, one file after the other: the machine has two cores.
export default defineConfig(({ mode }) => ({
  test: {
    include: ["screenshots", "speed"].includes(mode) ? [`e2e/${mode}.ts`] : ["e2e/**/*.test.ts"],
    root: ".",
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 15_000 } },
  },
}));
