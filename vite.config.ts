import { vitePlugin as remix } from "@remix-run/dev";
import { defineConfig } from "vite";

declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: false;
  }
}

export default defineConfig({
  plugins: [
    remix({
      ignoredRouteFiles: ["**/.*"],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: false,
        v3_singleFetch: false,
      },
    }),
  ],
  build: { assetsInlineLimit: 0, target: "es2022" },
  ssr: { noExternal: [/^@shopify\/polaris/, /^@shopify\/shopify-app-remix/, /^@shopify\/app-bridge-react/] },
  optimizeDeps: { include: ["@shopify/app-bridge-react"] },
});
