import type { AddressKey } from "../address-blocks.server.ts";
import { kindOf } from "../kinds/kinds.ts";
import type { LinkRow } from "../links/link-maker.ts";
import type { Mail } from "../mail-sender.ts";
import { defaultTemplate, type ReadTemplate } from "../template-store.server.ts";
import { preferencesUrl, unsubscribeHeaders, unsubscribeUrl } from "../unsubscribe/unsubscribe-token.server.ts";
import { cleanLine } from "./clean-text.ts";
import { mailTargets, withLinks } from "./mail-links.ts";
import { nameLinks } from "./name-links.ts";
import { isTooLarge, type ProducedMail, produceMail } from "./produce-mail.ts";
import { type Ingredients, MailTooLargeError, type RenderDeps } from "./render-deps.ts";
import { senderOf } from "./sender-name.ts";
import type { MailDocument } from "./template-document.ts";

export interface MadeMail {
  mail: Mail;
  subject: string;
  templateNumber: number;
}

/** What a mail is made of, besides what every message is made of. */
export interface MailIngredients extends Ingredients {
  template: ReadTemplate<"email">;
  key: AddressKey;
  /** The reader may be sent advertising. */
  marketing: boolean;
}

/** The mail of one row of the ledger, and its links. @throws MailTooLargeError, RenderBacklogError, RenderThreadError */
export async function makeMail(
  deps: RenderDeps,
  { row, loaded, template, key, marketing, sharedSender }: MailIngredients,
): Promise<MadeMail & { links: readonly LinkRow[] }> {
  const { shopId, id: notificationId, kind } = row;
  const { document, number } = template;
  const { address } = loaded;
  const ways = {
    unsubscribe: unsubscribeUrl(key, address, notificationId),
    preferences: row.audience === "shopper" ? preferencesUrl(key, address, notificationId) : "",
  };
  const produce = async (used: MailDocument) => {
    const targets = mailTargets(used, loaded.facts, marketing);
    const { hrefs, rows } = nameLinks(deps.links, { shopId, notificationId, address }, targets);
    const facts = withLinks(loaded.facts, hrefs);
    const produced = await produceMail(deps.templates, {
      ...{ document: used, hrefs, marketing, today: loaded.today, shopLocale: loaded.shop.locale },
      facts: { ...facts, links: { ...facts.links, ...ways } },
      advertises: marketing && kindOf(kind)?.marketing === true,
      world: { currency: loaded.currency, now: deps.clock.now().toISOString(), zone: loaded.shop.zone },
    });
    return { ...produced, links: rows };
  };
  let produced = await produce(document);
  if (isTooLarge(produced)) produced = await produce(defaultTemplate(kind, "email"));
  if (isTooLarge(produced)) throw new MailTooLargeError(`mail ${notificationId} is too large`);
  noteProblems(deps, { shopId, kind, number }, produced);
  return {
    mail: addressed(deps, { row, loaded, ...(sharedSender ? { sharedSender } : {}) }, produced, ways.unsubscribe),
    ...{ subject: produced.subject, templateNumber: number, links: produced.links },
  };
}

function addressed(
  deps: RenderDeps,
  { row, loaded, sharedSender }: Ingredients,
  produced: ProducedMail,
  unsubscribe: string,
): Mail {
  const { settings, shop } = loaded;
  const replyTo = settings.sender.replyTo || settings.brand.supportEmail || shop.email;
  const from = (!sharedSender && settings.sender.fromAddress) || deps.defaultFrom;
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
    // Only where there is something to unsubscribe from: news of an order is no subscription.
    headers: { "X-Entity-Ref-ID": row.id, ...(produced.advertises ? unsubscribeHeaders(unsubscribe) : {}) },
    tags: {
      shop: row.shopId,
      notification: row.id,
      kind: row.kind,
      ...(row.shipmentId ? { shipment: row.shipmentId } : {}),
    },
  };
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
