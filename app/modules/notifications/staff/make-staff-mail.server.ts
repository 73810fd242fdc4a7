import type { MailModel } from "#app/emails/mail-model.ts";
import { printMail } from "#app/emails/print-mail.tsx";
import { printText } from "#app/emails/print-text.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { pickLocale } from "#app/lib/i18n.ts";
import { knownZone } from "#app/modules/shipments/destination-zone.ts";
import { adminPageUrl } from "#app/modules/shops/admin-page-url.ts";
import { readSettings } from "#app/modules/shops/settings.ts";
import { cleanLine } from "../templates/clean-text.ts";
import type { MadeMail } from "../templates/make-mail.server.ts";
import { isTooLarge } from "../templates/produce-mail.ts";
import { MailTooLargeError, type MessageRow, type RenderDeps } from "../templates/render-deps.ts";
import { senderOf } from "../templates/sender-name.ts";
import { composeStaffMail } from "./compose-staff-mail.ts";
import type { StaffMail } from "./staff-mail.ts";

export interface PrintedStaffMail {
  subject: string;
  html: string;
  text: string;
}

/** Lines of one list, and how many when the mail would be too long. */
const LINE_STEPS = [100, 30, 10, 5, 3, 1, 0];
const MAX_SUBJECT = 200;

/** A list for staff in the shop's language; shorter lists where the mail would be too long. @throws MailTooLargeError */
export async function printStaffMail(
  tx: ShopTx,
  { adminApp }: Pick<RenderDeps, "adminApp">,
  { shopId, kind, staffMail }: { shopId: string; kind: string; staffMail: StaffMail },
): Promise<PrintedStaffMail> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const { brand } = readSettings(shop.settings);
  const world = {
    kind,
    locale: pickLocale(shop.locale),
    shopName: cleanLine(brand.displayName || shop.name || shop.domain, 80),
    colour: brand.primaryColour,
    zone: knownZone(shop.timezone) ?? "UTC",
    linkTo: (path: string) => adminPageUrl(adminApp, shop.domain, path),
  };
  for (const mostLines of LINE_STEPS) {
    const printed = print(composeStaffMail(staffMail, world, mostLines));
    if (!isTooLarge(printed)) return printed;
  }
  throw new MailTooLargeError(`a list for the staff of ${shopId} is too large`);
}

/** The mail of a row of the ledger that lists things for staff. It comes from the product, not from the shop. */
export async function makeStaffMail(
  deps: Pick<RenderDeps, "adminApp" | "defaultFrom">,
  tx: ShopTx,
  { row, staffMail }: { row: MessageRow; staffMail: StaffMail },
): Promise<MadeMail> {
  const { shopId, id, kind } = row;
  const printed = await printStaffMail(tx, deps, { shopId, kind, staffMail });
  return {
    mail: {
      ...printed,
      from: senderOf(["Doorstep"], deps.defaultFrom),
      to: cleanLine(row.recipient ?? "", 254),
      replyTo: null,
      headers: { "X-Entity-Ref-ID": id },
      tags: { shop: shopId, notification: id, kind },
    },
    subject: printed.subject,
    templateNumber: 0,
  };
}

function print(model: MailModel): PrintedStaffMail {
  return { subject: cleanLine(model.subject, MAX_SUBJECT), html: printMail(model), text: printText(model) };
}
