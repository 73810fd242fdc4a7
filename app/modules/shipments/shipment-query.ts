import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import { z } from "zod";

const civilDate = z.iso.date();

/** What the list can be asked; everything from an address bar, so everything is checked and bounded. */
export const shipmentQuerySchema = z.object({
  status: z.enum(SHIPMENT_STATUSES).optional(),
  /** Tracking number, order name or e-mail address, or the beginning of one. */
  search: z.string().trim().min(1).max(100).optional(),
  carrier: z
    .string()
    .regex(/^[a-z0-9_-]{1,40}$/)
    .optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Followed since, civil dates in UTC, both inclusive. */
  from: civilDate.optional(),
  to: civilDate.optional(),
  flag: z
    .string()
    .regex(/^[A-Za-z]{1,40}$/)
    .optional(),
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(50),
});

export type ShipmentQuery = z.infer<typeof shipmentQuerySchema>;

export interface Cursor {
  /** Which way from the row it names. */
  direction: "after" | "before";
  createdAt: Date;
  id: string;
}

export function writeCursor({ direction, createdAt, id }: Cursor): string {
  return `${direction}_${createdAt.getTime().toString(36)}_${id}`;
}

/** Null when the text is no cursor: the list then begins at its beginning. */
export function readCursor(text: string | undefined): Cursor | null {
  const match = /^(after|before)_([0-9a-z]{1,9})_([A-Za-z0-9_]{1,60})$/.exec(text ?? "");
  if (!match) return null;
  const [, direction, time = "", id = ""] = match;
  return { direction: direction as Cursor["direction"], createdAt: new Date(Number.parseInt(time, 36)), id };
}

export interface SearchTerms {
  /** Beginnings, in the form in which the columns are stored; null when the text cannot be one. */
  trackingNumber: string | null;
  orderName: string | null;
  email: string | null;
}

/** What a search text can mean. */
export function searchTerms(text: string): SearchTerms {
  const trackingNumber = text.replace(/[\s-]+/g, "").toUpperCase();
  const orderName = text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
  return {
    trackingNumber: trackingNumber.length >= 4 ? trackingNumber : null,
    orderName: orderName === "" || text.includes("@") ? null : orderName,
    email: text.length >= 3 && !/\s/.test(text) ? text.toLowerCase() : null,
  };
}

/** The smallest text after every text with this beginning, in byte order: the upper end of a prefix range. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
