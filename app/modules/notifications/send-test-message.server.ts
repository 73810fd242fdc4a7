import { sha256 } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { newId } from "#app/lib/ids.ts";
import type { Mail } from "./mail-sender.ts";
import type { TemplatePreview } from "./template-editor.ts";
import { cleanLine } from "./templates/clean-text.ts";
import type { RenderDeps } from "./templates/render-deps.ts";
import { sealRendered } from "./templates/seal-rendered.server.ts";

export interface TestMail {
  shopId: string;
  kind: string;
  locale: string;
  /** The mail as it was previewed. */
  preview: Extract<TemplatePreview, { channel: "email" }>;
}

/** `no_address`: the shop has none. */
export type TestMailOutcome = { kind: "queued"; to: string } | { kind: "no_address" };

/**
 * Writes a mail to the merchant's own address into the ledger as it was previewed; the dispatcher takes it from there. It
 * is about no order, counts in no figures, and waits for no rule: its purpose is `test`.
 */
export async function sendTestMail(
  deps: Pick<RenderDeps, "keys" | "clock">,
  tx: ShopTx,
  { shopId, kind, locale, preview }: TestMail,
): Promise<TestMailOutcome> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId }, select: { email: true } });
  if (!shop.email) return { kind: "no_address" };
  const id = newId("ntf", deps.clock);
  const now = deps.clock.now();
  const subject = cleanLine(preview.subject, 200);
  const mail: Mail = {
    ...{ from: preview.from, to: shop.email, replyTo: null, subject, html: preview.html, text: preview.text },
    headers: { "X-Entity-Ref-ID": id },
    tags: { shop: shopId, notification: id, kind, purpose: "test" },
  };
  const plain = JSON.stringify(mail);
  await tx.notification.create({
    data: {
      ...{ shopId, id, kind, locale, subject, channel: "email", purpose: "test", audience: "staff", state: "queued" },
      ...{ businessKey: `test:${id}`, recipient: shop.email, urgency: 0, dueAt: now, decidedAt: now, updatedAt: now },
      decision: { action: "send", by: "test" },
      renderedSealed: sealRendered(deps.keys, shopId, plain),
      contentHash: sha256(plain),
    },
  });
  return { kind: "queued", to: shop.email };
}
