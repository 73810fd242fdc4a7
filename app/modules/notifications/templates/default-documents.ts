import {
  type Block,
  type BlockType,
  mailDocument,
  type MailDocument,
  textDocument,
  type TextDocument,
} from "./template-document.ts";

/** A block's type, or its type with what is special about it. The id of a text says which of the kind's texts it has. */
type Piece = BlockType | (Partial<Block> & { type: BlockType; id?: string });

const TOP: Piece[] = ["logo", "heading", { type: "text", id: "body" }];
const BOTTOM: Piece[] = ["divider", "support", "footer"];
const NEXT: Piece = { type: "text", id: "next" };
const OFFERS: Piece[] = [
  { type: "promo", hidden: true },
  { type: "recommendations", hidden: true },
];

const ON_ITS_WAY: Piece[] = [
  ...TOP,
  "progress",
  "window",
  "button",
  NEXT,
  "route",
  "facts",
  "items",
  "parcels",
  ...OFFERS,
  ...BOTTOM,
];
const LATE: Piece[] = [
  ...TOP,
  "window",
  "apology",
  "button",
  "progress",
  "route",
  "facts",
  "items",
  "parcels",
  ...BOTTOM,
];
const ARRIVED: Piece[] = [...TOP, "progress", "window", "button", NEXT, "items", "parcels", ...OFFERS, ...BOTTOM];
const TROUBLE: Piece[] = [...TOP, { type: "apology" }, "button", "facts", "items", "parcels", ...BOTTOM];
const ASKING: Piece[] = [...TOP, { type: "button", to: "feedback" }, NEXT, "items", ...OFFERS, ...BOTTOM];
const ORDER: Piece[] = [...TOP, NEXT, "button", "items", ...BOTTOM];

const ARRANGEMENTS: Readonly<Record<string, readonly Piece[]>> = {
  delay_predicted: LATE,
  delayed_in_transit: LATE,
  suspected_lost: LATE,
  held_customs: LATE,
  delivered: ARRIVED,
  delivered_late: ARRIVED,
  all_parcels_delivered: ARRIVED,
  delivery_failed: TROUBLE,
  lost_or_damaged: TROUBLE,
  returned_to_sender: TROUBLE,
  feedback_request: ASKING,
  fulfillment_delayed: ORDER,
  order_placed: ORDER,
  order_cancelled: ORDER,
  order_processing: ORDER,
  ready_for_collection: ORDER,
  collected: ORDER,
};

/** How a mail of this kind is arranged until the merchant arranges it otherwise; its texts are the kind's own. */
export function defaultMail(kind: string): MailDocument {
  const pieces = ARRANGEMENTS[kind] ?? (isReturn(kind) ? ORDER : ON_ITS_WAY);
  return mailDocument.parse({ blocks: pieces.map(complete) });
}

const complete = (piece: Piece) =>
  typeof piece === "string" ? { type: piece, id: piece } : { id: piece.type, ...piece };

const isReturn = (kind: string) =>
  /^(return_|label_ready|ship_back|refund_|store_credit|gift_card|exchange_|pickup_sch)/.test(kind);

export function defaultText(): TextDocument {
  return textDocument.parse({});
}
