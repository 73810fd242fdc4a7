import type { ShopTx } from "#app/lib/db.server.ts";
import { segmentsOf } from "./sms/count-segments.ts";
import type { RenderDeps } from "./templates/render-deps.ts";
import { loadPreview, type PreviewWish } from "./templates/load-preview.server.ts";
import { senderOf } from "./templates/sender-name.ts";
import { type PreviewDocument, renderPreview } from "./render-preview.server.ts";
import type { TemplatePreview } from "./template-editor.ts";

/** A template that has perhaps not been saved, with a sample, as its readers would see it. */
export async function previewTemplate(
  deps: RenderDeps,
  tx: ShopTx,
  { document, ...wish }: PreviewWish & { document: PreviewDocument },
): Promise<TemplatePreview> {
  const ground = await loadPreview(tx, deps, wish);
  const { settings, shop, country } = ground;
  const preview = await renderPreview(deps.templates, { document, source: ground, shopLocale: shop.locale });
  if (preview.channel === "email") {
    const { fromName, fromAddress } = settings.sender;
    return {
      ...preview,
      from: senderOf([fromName, settings.brand.displayName, shop.name], fromAddress || deps.defaultFrom),
    };
  }
  const segments = segmentsOf(preview.body);
  return { ...preview, segments, country, micros: null };
}
