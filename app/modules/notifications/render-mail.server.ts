import { render } from "@react-email/render";
import { createElement } from "react";
import { mailTexts } from "#app/emails/mail-texts.ts";
import { type MailItem, TrackingMail, type TrackingMailProps } from "#app/emails/tracking-mail.tsx";
import type { Clock } from "#app/lib/clock.ts";
import { readableOn } from "#app/lib/colour.ts";
import { type KeyRing, sha256 } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { AppError, NotFoundError } from "#app/lib/errors.ts";
import { pickLocale } from "#app/lib/i18n.ts";
import type { EstimatedDelivery } from "#app/modules/carriers/carrier.ts";
import { readSettings, type ShopSettings } from "#app/modules/shops/settings.ts";
import { trackingPageUrl } from "#app/modules/shops/storefront-address.ts";
import { openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { expectedText, latestToday } from "#app/modules/shipments/expected-text.ts";
import type { NotificationKind } from "./kinds.ts";
import type { Mail } from "./mail-sender.ts";
import type { RenderTarget, StoredMessage } from "./dispatch/dispatch-deps.ts";

export interface RenderDeps {
  keys: KeyRing;
  clock: Clock;
  /** Sender of shops without a verified domain of their own. */
  defaultFrom: string;
  storefrontTemplate: string | undefined;
  /** What a shopper calls the carrier; null when nobody knows it. */
  carrierName(carrier: string | null, companyName: string | null): string | null;
}

/** The same mail would be as large the next time. */
export class MailTooLargeError extends AppError {
  readonly code = "mail_too_large";
  readonly retryable = false;
}

/** Gmail clips a longer mail. */
const MAX_HTML_BYTES = 90_000;

/** Renders one message of the ledger and seals it: from now on its bytes stay the same. */
export async function renderMail(
  deps: RenderDeps,
  tx: ShopTx,
  { shopId, notificationId, sharedSender }: RenderTarget,
): Promise<StoredMessage & { channel: "email" }> {
  const found = await load(tx, shopId, notificationId);
  const { row, shipment, shop, settings } = found;
  const props = composeMail(deps, found);
  const subject = props.texts(`${props.kind}.subject`, { order: props.orderName });
  const element = createElement(TrackingMail, props);
  const [html, text] = await Promise.all([render(element), render(element, { plainText: true })]);
  if (Buffer.byteLength(html) > MAX_HTML_BYTES) {
    throw new MailTooLargeError(`mail ${notificationId} is ${Buffer.byteLength(html)} bytes of HTML`);
  }
  const mail: Mail = {
    from: sender(settings, shop.name, { own: !sharedSender, defaultFrom: deps.defaultFrom }),
    to: row.recipient ?? "",
    replyTo: settings.sender.replyTo || settings.brand.supportEmail || shop.email,
    subject: oneLine(subject, 200),
    html,
    text,
    headers: { "X-Entity-Ref-ID": notificationId },
    tags: { shop: shopId, notification: notificationId, kind: row.kind, shipment: shipment.id },
  };
  const plain = JSON.stringify(mail);
  const sealed = deps.keys.seal(plain, sealContext(shopId));
  return { channel: "email", mail, sealed, contentHash: sha256(plain), subject: mail.subject, templateNumber: 0 };
}

/** Opens a mail that was rendered before. @throws UnsealError */
export function openMail(keys: KeyRing, { shopId, sealed }: { shopId: string; sealed: string }): Mail {
  return JSON.parse(keys.open(sealed, sealContext(shopId))) as Mail;
}

const sealContext = (shopId: string) => ({ shopId, field: "notification.rendered" });

async function load(tx: ShopTx, shopId: string, notificationId: string) {
  const row = await tx.notification.findUnique({ where: { shopId_id: { shopId, id: notificationId } } });
  if (!row?.shipmentId) throw new NotFoundError(`no parcel behind message ${notificationId}`);
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } });
  const shipment = await tx.shipment.findUniqueOrThrow({
    where: { shopId_id: { shopId, id: row.shipmentId } },
    include: { order: { include: { lines: { orderBy: { position: "asc" } } } }, fulfillment: true },
  });
  const siblings = await tx.shipment.findMany({
    where: { shopId, orderId: shipment.orderId, lifecycle: "active" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true },
    take: 100,
  });
  return { row, shop, shipment, siblings, settings: readSettings(shop.settings) };
}

function composeMail(deps: RenderDeps, found: Awaited<ReturnType<typeof load>>): TrackingMailProps {
  const { row, shop, shipment, siblings, settings } = found;
  const texts = mailTexts(pickLocale(row.locale, shop.locale));
  const colour = settings.brand.primaryColour;
  const token = openLinkToken(deps.keys, shipment.order);
  const today = latestToday(deps.clock.now());
  const estimate = shipment.estimatedDelivery as EstimatedDelivery | null;
  return {
    kind: row.kind as NotificationKind,
    texts,
    brand: {
      name: settings.brand.displayName || shop.name || shop.domain,
      logoUrl: settings.brand.logoUrl,
      colour,
      onColour: readableOn(colour),
    },
    orderName: shipment.order.name,
    carrierName: deps.carrierName(shipment.carrier, shipment.companyName),
    trackingNumber: shipment.trackingNumber,
    expected: row.kind === "delivered" ? null : expectedText(estimate, texts.locale, today),
    parcel: { index: siblings.findIndex(({ id }) => id === shipment.id) + 1 || 1, count: siblings.length },
    items: itemsOf(shipment),
    trackingUrl: trackingPageUrl(
      { domain: shop.domain, proxyPath: settings.storefront.proxyPath, template: deps.storefrontTemplate },
      token,
    ),
    supportContact: settings.brand.supportEmail || settings.brand.supportUrl || null,
  };
}

type LoadedShipment = Awaited<ReturnType<typeof load>>["shipment"];

/** The lines of the fulfillment; with several parcels in one fulfillment nobody knows which line is in which. */
function itemsOf({ fulfillment, order }: LoadedShipment): MailItem[] {
  const shipped = new Map(
    (fulfillment.lines as { lineId: string; quantity: number }[]).map((line) => [line.lineId, line.quantity]),
  );
  return order.lines
    .filter((line) => shipped.size === 0 || shipped.has(line.id))
    .map((line) => ({
      title: line.title,
      variant: line.variantTitle,
      quantity: shipped.get(line.id) ?? line.quantity,
      imageUrl: line.imageUrl?.startsWith("https://") ? line.imageUrl : null,
    }));
}

/** `"Shop" <address>`: quotes and line breaks cannot leave the display name. */
function sender(
  settings: ShopSettings,
  shopName: string | null,
  { own, defaultFrom }: { own: boolean; defaultFrom: string },
): string {
  const name = oneLine(settings.sender.fromName || settings.brand.displayName || shopName || "", 80);
  const address = (own && settings.sender.fromAddress) || defaultFrom;
  return name ? `"${name.replace(/["\\<>]/g, "")}" <${address}>` : address;
}

function oneLine(text: string, max: number): string {
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, max);
}
