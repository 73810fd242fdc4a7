import { plainLinks } from "./links/plain-links.ts";
import { createTemplateEngine } from "./template-engine.server.ts";
import type { RenderDeps } from "./templates/render-deps.ts";

export type { RenderDeps };

/** Everything that rendering needs: with links that lead straight there, and without advertising, which nobody could end. */
export function plainRendering(given: Omit<RenderDeps, "templates" | "links" | "unsubscribe">): RenderDeps {
  return { ...given, templates: createTemplateEngine(), links: plainLinks, unsubscribe: () => Promise.resolve(null) };
}
