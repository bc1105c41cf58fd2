import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// The page is built into the Python package, which serves it; nothing is asked of any other host.
export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: "../src/dateline/service/page",
    emptyOutDir: true,
    target: "es2022",
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": "http://127.0.0.1:8642", "/basemap.pmtiles": "http://127.0.0.1:8642" } },
  test: { include: ["src/**/*.test.ts"] },
});
