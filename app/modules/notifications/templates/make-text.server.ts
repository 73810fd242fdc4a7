import type { ShopTx } from "#app/lib/db.server.ts";
import type { TextMessage } from "../channels/sms-sender.ts";
import { kindOf } from "../kinds/kinds.ts";
import type { LinkRow } from "../links/link-maker.ts";
import { OPT_OUT } from "../links/link-target.ts";
import { dressFirstText } from "../sms/first-text.server.ts";
import type { ReadTemplate } from "../template-store.server.ts";
import { cleanLine } from "./clean-text.ts";
import { TRACK, withLinks } from "./mail-links.ts";
import { nameLinks } from "./name-links.ts";
import { produceText } from "./produce-text.ts";
import type { Ingredients, RenderDeps } from "./render-deps.ts";

/** An hour more is of no use to somebody who waits for a van. */
const LONGEST_VALID_HOURS = 4;
const MAX_SUBJECT = 160;
const OPT_OUT_LINK = { label: "opt_out", target: OPT_OUT };

interface TextIngredients extends Ingredients {
  channel: "sms" | "whatsapp";
  template: ReadTemplate<"sms" | "whatsapp">;
}

interface MadeText {
  text: TextMessage;
  subject: string;
  templateNumber: number;
  links: readonly LinkRow[];
}

/** The SMS or WhatsApp message of one row of the ledger, and its links. @throws RenderBacklogError, RenderThreadError */
export async function makeText(
  deps: RenderDeps,
  tx: ShopTx,
  { row, loaded, template, channel }: TextIngredients,
): Promise<MadeText> {
  const { shopId, id: notificationId, kind } = row;
  const { document, number } = template;
  // A text has no buttons: the tracking link, and the one for feedback, are all that it can point at.
  const targets = [TRACK, ...(kind === "feedback_request" ? [{ ...TRACK, key: "feedback", label: "feedback" }] : [])];
  const message = { shopId, notificationId, address: loaded.address };
  const { hrefs, rows: links } = nameLinks(deps.links, message, targets);
  const { body, content } = await produceText(deps.templates, {
    ...{ document, facts: withLinks(loaded.facts, hrefs), shopLocale: loaded.shop.locale },
    world: { currency: loaded.currency, now: deps.clock.now().toISOString(), zone: loaded.shop.zone },
  });
  const dressed = await dressFirstText(tx, {
    ...{ shopId, notificationId, body, personKey: row.personKey },
    ...{ brand: loaded.facts.shop.name, locale: loaded.facts.locale },
    optOutUrl() {
      const [link] = deps.links.make(message, [OPT_OUT_LINK]);
      if (link) links.push(link.row);
      return link?.url ?? "";
    },
  });
  const number164 = cleanLine(row.recipient ?? "", 40).replace(/^whatsapp:/, "");
  const hours = Math.min(LONGEST_VALID_HOURS, kindOf(kind)?.uselessAfterHours ?? LONGEST_VALID_HOURS);
  return {
    text: {
      to: channel === "whatsapp" ? `whatsapp:${number164}` : number164,
      body: dressed,
      validForSeconds: Math.max(1, hours) * 3_600,
      ...(channel === "whatsapp" && content ? { content } : {}),
    },
    subject: cleanLine(dressed, MAX_SUBJECT),
    templateNumber: number,
    links,
  };
}
