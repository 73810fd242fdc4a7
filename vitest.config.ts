import { existsSync } from "node:fs";
import { defineConfig } from "vitest/config";

const shared = {
  environment: "node",
  globalSetup: ["tests/support/global-setup.ts"],
  setupFiles: ["tests/support/setup.ts"],
  // Both ship code that Node cannot import as it is (directory imports, JSON without attributes).
  server: { deps: { inline: [/@shopify\/shopify-app-remix/, /@shopify\/polaris/] } },
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
};

/** Present once the order-status extension brings its own project (Preact, jsdom). */
const extensions = "tests/extensions/vitest.config.ts";

export default defineConfig({
  test: {
    // Two workers keep two cores busy; more of them only starve the database.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        esbuild: { jsx: "automatic" },
        test: {
          ...shared,
          name: "app",
          include: ["tests/**/*.test.{ts,tsx}"],
          exclude: ["tests/extensions/**", "tests/e2e/**"],
          testTimeout: 15_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        esbuild: { jsx: "automatic" },
        test: {
          ...shared,
          name: "e2e",
          include: ["tests/e2e/**/*.test.ts"],
          // A journey has a browser, a server and a worker of its own: one at a time.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      ...(existsSync(extensions) ? [extensions] : []),
    ],
  },
});
