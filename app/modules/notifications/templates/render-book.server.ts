import type { ShopTx } from "#app/lib/db.server.ts";
import { NotFoundError } from "#app/lib/errors.ts";
import { addressHash, type AddressKey, addressKeyOf, unwantedMail } from "../address-blocks.server.ts";
import type { Channel } from "../channels/channel.ts";
import { openTemplateBook, type ReadTemplate } from "../template-store.server.ts";
import { type LoadedFacts, openFactBook } from "./load-facts.server.ts";
import type { MessageRow, RenderDeps } from "./render-deps.ts";

/** What messages of one shop are made from, read once for all of them. */
export interface RenderBook {
  /** @throws NotFoundError when there is no order behind the message any more; UnsealError */
  factsOf(row: MessageRow): LoadedFacts;
  templateOf<Way extends Channel>(row: MessageRow, channel: Way): ReadTemplate<Way>;
}

/** Opens the book on these rows of the ledger, in a handful of statements however many they are. */
export async function openRenderBook(
  tx: ShopTx,
  deps: RenderDeps,
  { shopId, rows }: { shopId: string; rows: readonly MessageRow[] },
): Promise<RenderBook> {
  const subjects = rows.flatMap(({ orderId, shipmentId }) => (orderId === null ? [] : [{ orderId, shipmentId }]));
  const facts = await openFactBook(tx, deps, { shopId, subjects });
  const names = rows.map(({ kind, channel }) => ({ kind, channel: channel as Channel }));
  const templates = await openTemplateBook(tx, { shopId, names });
  return {
    factsOf({ id, orderId, shipmentId, kind, locale }) {
      const loaded = orderId === null ? null : facts.of({ orderId, shipmentId, kind, locale });
      if (!loaded) throw new NotFoundError(`no order behind message ${id}`);
      return loaded;
    },
    templateOf: ({ kind }, channel) => templates({ kind, channel }),
  };
}

/** What only mails need: the secret of their links, and whose may not advertise. */
export interface MailBook {
  key: AddressKey;
  /** Whether this reader may be sent advertising: Shopify says so, and nobody has said otherwise since. */
  mayAdvertise(row: MessageRow, loaded: LoadedFacts): boolean;
}

/** @throws UnsealError when the key that the shop's secret was sealed with is gone. */
export async function openMailBook(
  tx: ShopTx,
  { keys }: RenderDeps,
  { shopId, rows }: { shopId: string; rows: readonly MessageRow[] },
): Promise<MailBook> {
  const key = await addressKeyOf(tx, keys, shopId);
  const hashes = new Map(rows.map(({ id, recipient }) => [id, addressHash(key, "email", recipient ?? "")]));
  const unwanted = await unwantedMail(tx, shopId, [...new Set(hashes.values())]);
  return {
    key,
    mayAdvertise: (row, { emailMarketing }) =>
      emailMarketing && row.audience === "shopper" && !!row.recipient && !unwanted.has(hashes.get(row.id) ?? ""),
  };
}
