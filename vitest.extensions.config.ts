import { defineConfig } from "vitest/config";

/** Unit tests of the UI extensions: Preact in jsdom, away from the React half of the tree. */
export default defineConfig({
  esbuild: { jsx: "automatic", jsxImportSource: "preact" },
  test: {
    name: "extensions",
    include: ["tests/extensions/**/*.test.ts"],
    environment: "jsdom",
    server: { deps: { inline: [/@shopify\/ui-extensions/] } },
  },
});
