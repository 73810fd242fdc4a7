import { existsSync } from "node:fs";
import path from "node:path";
import { defineConfig } from "vitest/config";
import { RunOrder } from "./tests/support/run-order.ts";

const shared = {
  environment: "node",
  globalSetup: ["tests/support/global-setup.ts"],
  setupFiles: ["tests/support/setup.ts"],
  // Both ship code that Node cannot import as it is (directory imports, JSON without attributes).
  server: { deps: { inline: [/@shopify\/shopify-app-remix/, /@shopify\/polaris/] } },
  // What Node has compiled is kept from file to file, and for the processes that tests start.
  env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, "node_modules/.cache/compiled") },
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
    sequence: { sequencer: RunOrder },
    projects: [
      {
        extends: true,
        esbuild: { jsx: "automatic" },
        test: {
          ...shared,
          name: "app",
          // No test replaces a module: a worker keeps what it has loaded for its next file.
          isolate: false,
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
          // A journey has a browser, a server, a worker and a database of its own, and runs beside the other tests.
          expect: { poll: { timeout: 20_000 } },
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      ...(existsSync(extensions) ? [extensions] : []),
    ],
  },
});
