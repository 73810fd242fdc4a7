import type { ShopTx } from "#app/lib/db.server.ts";
import { addressHash, addressKeyOf, blocksOf } from "../address-blocks.server.ts";
import type { Mail } from "../mail-sender.ts";
import { defaultTemplate, readTemplate } from "../template-store.server.ts";
import { cleanLine } from "./clean-text.ts";
import { kindTraits } from "./kind-texts.ts";
import { linksOf } from "./make-links.server.ts";
import { mailTargets, withLinks } from "./mail-links.ts";
import { isTooLarge, type MailRequest, type ProducedMail, produceMail } from "./produce-mail.ts";
import { type Ingredients, MailTooLargeError, type RenderDeps, type UnsubscribeWay } from "./render-deps.ts";
import { senderOf } from "./sender-name.ts";
import type { MailDocument } from "./template-document.ts";

export interface MadeMail {
  mail: Mail;
  subject: string;
  templateNumber: number;
}

/** The mail of one row of the ledger. @throws MailTooLargeError, RenderBacklogError, RenderThreadError */
export async function makeMail(deps: RenderDeps, tx: ShopTx, { row, loaded }: Ingredients): Promise<MadeMail> {
  const { shopId, id: notificationId, kind } = row;
  const { document, number } = await readTemplate(tx, { shopId, kind, channel: "email" });
  const way = await advertisingWay(deps, tx, { row, loaded });
  const message = { shopId, notificationId };
  const request = async (used: MailDocument): Promise<MailRequest> => {
    const hrefs = await linksOf(tx, deps.links, message, mailTargets(used, loaded.facts, way !== null));
    const facts = withLinks(loaded.facts, hrefs);
    return {
      ...{ document: used, hrefs, marketing: way !== null, today: loaded.today, shopLocale: loaded.shop.locale },
      facts: { ...facts, links: { ...facts.links, unsubscribe: way?.url ?? "" } },
      advertises: way !== null && kindTraits(kind).marketing,
      world: { currency: loaded.currency, now: deps.clock.now().toISOString(), zone: loaded.shop.zone },
    };
  };
  let produced = await produceMail(deps.templates, await request(document));
  if (isTooLarge(produced)) produced = await produceMail(deps.templates, await request(defaultTemplate(kind, "email")));
  if (isTooLarge(produced)) throw new MailTooLargeError(`mail ${notificationId} is too large`);
  noteProblems(deps, { shopId, kind, number }, produced);
  return { mail: addressed(deps, { row, loaded }, produced, way), subject: produced.subject, templateNumber: number };
}

/** The way out of advertising for somebody who may be sent some; null for everybody else. */
async function advertisingWay(
  deps: RenderDeps,
  tx: ShopTx,
  { row, loaded }: Ingredients,
): Promise<UnsubscribeWay | null> {
  if (!loaded.emailMarketing || row.audience !== "shopper" || !row.recipient) return null;
  const hash = row.personKey ?? addressHash(await addressKeyOf(tx, deps.keys, row.shopId), "email", row.recipient);
  const blocked = (await blocksOf(tx, row.shopId, { emailHash: hash })).email.marketing;
  return blocked ? null : deps.unsubscribe(tx, { shopId: row.shopId, notificationId: row.id });
}

function addressed(
  deps: RenderDeps,
  { row, loaded }: Ingredients,
  produced: ProducedMail,
  way: UnsubscribeWay | null,
): Mail {
  const { settings, shop } = loaded;
  const replyTo = settings.sender.replyTo || settings.brand.supportEmail || shop.email;
  const from = settings.sender.fromAddress || deps.defaultFrom;
  return {
    from: senderOf(
      [settings.sender.fromName, settings.brand.displayName, shop.name, shop.domain.split(".")[0] ?? ""],
      from,
    ),
    to: cleanLine(row.recipient ?? "", 254),
    replyTo: replyTo ? cleanLine(replyTo, 254) : null,
    subject: produced.subject,
    html: produced.html,
    text: produced.text,
    headers: { "X-Entity-Ref-ID": row.id, ...(produced.advertises && way ? unsubscribeHeaders(way) : {}) },
    tags: {
      shop: row.shopId,
      notification: row.id,
      kind: row.kind,
      ...(row.shipmentId ? { shipment: row.shipmentId } : {}),
    },
  };
}

/** RFC 8058; only where there is something to unsubscribe from: news of an order is no subscription. */
function unsubscribeHeaders({ url, mailto }: UnsubscribeWay): Record<string, string> {
  const ways = [url, ...(mailto ? [`mailto:${mailto}`] : [])].map((way) => `<${cleanLine(way, 500)}>`);
  return { "List-Unsubscribe": ways.join(", "), "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
}

/** Codes only: what the text says is the merchant's, and what it was about is the shopper's. */
function noteProblems(
  { log }: RenderDeps,
  about: { shopId: string; kind: string; number: number },
  { problems }: ProducedMail,
): void {
  const codes = problems.filter(({ severity }) => severity === "error").map(({ slot, code }) => `${slot}:${code}`);
  if (codes.length > 0) log.warn({ ...about, codes: codes.slice(0, 20) }, "template fell back to the product's words");
}
