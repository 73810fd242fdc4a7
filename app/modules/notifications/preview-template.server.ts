import type { ShopTx } from "#app/lib/db.server.ts";
import { segmentsOf } from "./sms/count-segments.ts";
import { whatsappPriceOf } from "./sms/sms-account.ts";
import { readSmsAccount } from "./sms/sms-account-store.server.ts";
import { priceOf } from "./sms/sms-prices.ts";
import type { RenderDeps } from "./templates/render-deps.ts";
import { loadPreview, type PreviewWish } from "./templates/load-preview.server.ts";
import { senderOf } from "./templates/sender-name.ts";
import { type PreviewDocument, renderPreview } from "./render-preview.server.ts";
import type { TemplatePreview } from "./template-editor.ts";

/** A template that has perhaps not been saved, with a sample, as its readers would see it; null when the sample is gone. */
export async function previewTemplate(
  deps: RenderDeps,
  tx: ShopTx,
  { document, ...wish }: PreviewWish & { document: PreviewDocument },
): Promise<TemplatePreview | null> {
  const ground = await loadPreview(tx, deps, wish);
  if (!ground) return null;
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
  const micros =
    preview.channel === "sms" ? ofParts(priceOf(country), segments.segments) : await ofWhatsapp(tx, wish, country);
  return { ...preview, segments, country, micros };
}

const ofParts = (price: number | null, parts: number): number | null => (price === null ? null : price * parts);

async function ofWhatsapp(tx: ShopTx, { shopId }: { shopId: string }, country: string): Promise<number | null> {
  const account = await readSmsAccount(tx, shopId);
  return account && whatsappPriceOf(account.options, country);
}
