import { type KeyRing, sha256 } from "#app/lib/crypto.server.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { AppError, NotFoundError } from "#app/lib/errors.ts";
import type { TextMessage } from "./channels/sms-sender.ts";
import type { LinkRow } from "./links/link-maker.ts";
import type { Mail } from "./mail-sender.ts";
import type { MessageContent, RenderAnswer, RenderBatch, RenderedRow, StoredMessage } from "./message-content.ts";
import { makeStaffMail } from "./staff/make-staff-mail.server.ts";
import { staffMailOf } from "./staff/staff-mail.ts";
import { makeMail } from "./templates/make-mail.server.ts";
import { makeText } from "./templates/make-text.server.ts";
import { type MailBook, openMailBook, openRenderBook, type RenderBook } from "./templates/render-book.server.ts";
import type { MessageRow, RenderDeps } from "./templates/render-deps.ts";
import { openRendered, sealRendered } from "./templates/seal-rendered.server.ts";

/** A message, and its links, which are still to be kept. */
interface Made {
  stored: StoredMessage;
  links: readonly LinkRow[];
}

type Attempt<Value> = { value: Value } | { fault: AppError };

/**
 * Renders messages of one shop's ledger, each for its channel, and seals them. What they need is read for all of them at
 * once; one that can never be made is answered with its fault, and costs the others nothing. A mistake in the merchant's
 * template costs its wording, never the message.
 * @throws RenderBacklogError and RenderThreadError, which are worth trying again.
 */
export async function renderMessages(
  deps: RenderDeps,
  tx: ShopTx,
  { shopId, targets }: RenderBatch,
): Promise<Map<string, RenderAnswer>> {
  const ids = targets.map(({ notificationId }) => notificationId);
  const shared = new Set(targets.flatMap(({ notificationId, sharedSender }) => (sharedSender ? [notificationId] : [])));
  const rows = await tx.notification.findMany({ where: { shopId, id: { in: ids } } });
  const made = new Map<string, Attempt<Made>>();
  const ofOrders = rows.filter((row) => row.renderedSealed === null && staffMailOf(row) === null);
  for (const row of rows) {
    if (!ofOrders.includes(row)) made.set(row.id, await attempt(() => makeApart(deps, tx, row)));
  }
  for (const [id, one] of await makeForOrders(deps, tx, { shopId, rows: ofOrders, shared })) made.set(id, one);
  const links = [...made.values()].flatMap((one) => ("value" in one ? one.value.links : []));
  await deps.links.keep(tx, links);
  return new Map(ids.map((id) => [id, toAnswer(made.get(id))]));
}

/** @throws whatever is worth trying again, and what nobody expected. */
async function attempt<Value>(work: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (error instanceof AppError && !error.retryable) return { fault: error };
    throw error;
  }
}

function toAnswer(made: Attempt<Made> | undefined): RenderAnswer {
  if (!made) return { fault: new NotFoundError("the message is gone") };
  return "value" in made ? { stored: made.value.stored } : made;
}

/** What is made from its own row alone. */
async function makeApart(deps: RenderDeps, tx: ShopTx, row: MessageRow): Promise<Made> {
  // Messages to try a template out are written into the ledger as they were previewed.
  if (row.renderedSealed) {
    return { stored: storedAlready(deps.keys, { ...row, renderedSealed: row.renderedSealed }), links: [] };
  }
  const staffMail = staffMailOf(row);
  if (!staffMail) throw new TypeError(`${row.id} is no list for staff`);
  return sealed(deps, row, { channel: "email", ...(await makeStaffMail(deps, tx, { row, staffMail })), links: [] });
}

interface OrderMessages {
  shopId: string;
  rows: readonly MessageRow[];
  /** Those that come from the product's own sender. */
  shared: ReadonlySet<string>;
}

async function makeForOrders(
  deps: RenderDeps,
  tx: ShopTx,
  { shopId, rows, shared }: OrderMessages,
): Promise<[string, Attempt<Made>][]> {
  if (rows.length === 0) return [];
  const book = await openRenderBook(tx, deps, { shopId, rows });
  const mails = rows.filter(({ channel }) => channel === "email");
  const made: [string, Attempt<Made>][] = [];
  for (const row of rows.filter((one) => !mails.includes(one))) {
    made.push([row.id, await attempt(() => renderText(deps, tx, { row, book }))]);
  }
  if (mails.length === 0) return made;
  const mailBook = await attempt(() => openMailBook(tx, deps, { shopId, rows: mails }));
  // From here on nothing is asked of the database, so that they may be made side by side.
  const render = async (row: MessageRow): Promise<[string, Attempt<Made>]> => {
    if ("fault" in mailBook) return [row.id, mailBook];
    const about = { row, book, mailBook: mailBook.value, sharedSender: shared.has(row.id) };
    return [row.id, await attempt(() => renderMail(deps, about))];
  };
  return [...made, ...(await Promise.all(mails.map(render)))];
}

interface FromBook {
  row: MessageRow;
  book: RenderBook;
}

async function renderMail(
  deps: RenderDeps,
  { row, book, mailBook, sharedSender }: FromBook & { mailBook: MailBook; sharedSender: boolean },
): Promise<Made> {
  const loaded = book.factsOf(row);
  const ground = { row, loaded, sharedSender, template: book.templateOf(row, "email"), key: mailBook.key };
  const mail = await makeMail(deps, { ...ground, marketing: mailBook.mayAdvertise(row, loaded) });
  return sealed(deps, row, { channel: "email", ...mail });
}

async function renderText(deps: RenderDeps, tx: ShopTx, { row, book }: FromBook): Promise<Made> {
  const channel = row.channel as "sms" | "whatsapp";
  const template = book.templateOf(row, channel);
  const text = await makeText(deps, tx, { row, loaded: book.factsOf(row), template, channel });
  return sealed(deps, row, { channel, ...text });
}

type Rendered = Pick<StoredMessage, "subject" | "templateNumber"> & Pick<Made, "links"> & MessageContent;

function sealed({ keys }: RenderDeps, { shopId }: MessageRow, { links, ...rendered }: Rendered): Made {
  const plain = JSON.stringify(rendered.channel === "email" ? rendered.mail : rendered.text);
  return { stored: { ...rendered, sealed: sealRendered(keys, shopId, plain), contentHash: sha256(plain) }, links };
}

function storedAlready(
  keys: KeyRing,
  row: RenderedRow & { contentHash: string | null; subject: string | null; templateNumber: number | null },
): StoredMessage {
  const { renderedSealed, contentHash, subject, templateNumber } = row;
  const stored = { sealed: renderedSealed, contentHash: contentHash ?? "", subject: subject ?? "", templateNumber };
  return { ...openMessage(keys, row), ...stored };
}

/** Opens a message that was rendered before: the same to the byte. @throws UnsealError */
export function openMessage(keys: KeyRing, { shopId, channel, renderedSealed }: RenderedRow): MessageContent {
  const stored: unknown = JSON.parse(openRendered(keys, shopId, renderedSealed));
  if (channel === "email") return { channel, mail: stored as Mail };
  return { channel: channel === "whatsapp" ? "whatsapp" : "sms", text: stored as TextMessage };
}
