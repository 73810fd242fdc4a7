import type { ShopTx } from "#app/lib/db.server.ts";
import type { TextMessage } from "../channels/sms-sender.ts";
import { kindOf } from "../kinds/kinds.ts";
import { OPT_OUT } from "../links/link-target.ts";
import { dressFirstText } from "../sms/first-text.server.ts";
import { readTemplate } from "../template-store.server.ts";
import { cleanLine } from "./clean-text.ts";
import { linksOf } from "./make-links.server.ts";
import { TRACK, withLinks } from "./mail-links.ts";
import { produceText } from "./produce-text.ts";
import type { Ingredients, RenderDeps } from "./render-deps.ts";

/** An hour more is of no use to somebody who waits for a van. */
const LONGEST_VALID_HOURS = 4;
const MAX_SUBJECT = 160;
const OPT_OUT_LINK = { label: "opt_out", target: OPT_OUT };

/** The SMS or WhatsApp message of one row of the ledger. @throws RenderBacklogError, RenderThreadError */
export async function makeText(
  deps: RenderDeps,
  tx: ShopTx,
  { row, loaded, channel }: Ingredients & { channel: "sms" | "whatsapp" },
): Promise<{ text: TextMessage; subject: string; templateNumber: number }> {
  const { shopId, id: notificationId, kind } = row;
  const { document, number } = await readTemplate(tx, { shopId, kind, channel });
  // A text has no buttons: the tracking link, and the one for feedback, are all that it can point at.
  const targets = [TRACK, ...(kind === "feedback_request" ? [{ ...TRACK, key: "feedback", label: "feedback" }] : [])];
  const hrefs = await linksOf(tx, deps.links, { shopId, notificationId }, targets);
  const { body, content } = await produceText(deps.templates, {
    ...{ document, facts: withLinks(loaded.facts, hrefs), shopLocale: loaded.shop.locale },
    world: { currency: loaded.currency, now: deps.clock.now().toISOString(), zone: loaded.shop.zone },
  });
  const dressed = await dressFirstText(tx, {
    ...{ shopId, notificationId, body, personKey: row.personKey },
    ...{ brand: loaded.facts.shop.name, locale: loaded.facts.locale },
    optOutUrl: async () => (await deps.links.of(tx, { shopId, notificationId }, [OPT_OUT_LINK]))[0] ?? "",
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
  };
}
