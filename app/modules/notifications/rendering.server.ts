import { createLinkMaker } from "./links/make-links.server.ts";
import { createTemplateEngine } from "./template-engine.server.ts";
import type { RenderDeps } from "./templates/render-deps.ts";

export type { RenderDeps };

/** Everything that rendering needs, built once per process. */
export function createRendering(given: Omit<RenderDeps, "templates" | "links">): RenderDeps {
  return { ...given, templates: createTemplateEngine(), links: createLinkMaker(given) };
}
