import path from "node:path";
import { defineConfig } from "vitest/config";

/** Unit tests of the extensions: Preact in jsdom, away from the React half of the tree. */
export default defineConfig({
  root: path.join(import.meta.dirname, "../.."),
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  test: {
    name: "extensions",
    include: ["tests/extensions/**/*.test.ts"],
    environment: "jsdom",
    server: { deps: { inline: [/@shopify\/ui-extensions/] } },
  },
});
