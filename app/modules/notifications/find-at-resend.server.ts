import { z } from "zod";
import type { Mail, MailLookUp } from "./mail-sender.ts";

const PAGE = 100;
/** A longer list takes more of the shared limit than it is worth: the provider's events will tell. */
const MAX_PAGES = 10;

const listed = z.object({
  has_more: z.boolean(),
  data: z.array(z.object({ id: z.string(), to: z.array(z.string()), subject: z.string(), created_at: z.string() })),
});
type Listed = z.infer<typeof listed>["data"][number];

const single = z.object({ tags: z.array(z.object({ name: z.string(), value: z.string() })).default([]) });

interface Search {
  mails: readonly Mail[];
  since: Date;
  takeTurn(): Promise<boolean>;
}

/** The answer's content, or null when there was none. */
type Get = (path: string) => Promise<unknown>;

/**
 * Looks mails up in Resend's list, newest first, by recipient and subject, and makes sure by the tag that names the
 * message. "Not found" is only said of a list that was read back to `since`.
 */
export async function findAtResend(search: Search, get: Get): Promise<MailLookUp[]> {
  const list = await readList(search, get);
  if (list === "no_answer") return search.mails.map(() => ({ kind: "no_answer", reason: "the list was not answered" }));
  const answers: MailLookUp[] = [];
  for (const mail of search.mails) answers.push(await findOne(mail, list, { search, get }));
  return answers;
}

interface SentList {
  entries: Listed[];
  complete: boolean;
}

async function readList({ since, takeTurn }: Search, get: Get): Promise<SentList | "no_answer"> {
  const entries: Listed[] = [];
  for (let page = 0, after = ""; page < MAX_PAGES; page += 1) {
    if (!(await takeTurn())) return "no_answer";
    const answer = listed.safeParse(await get(`/emails?limit=${PAGE}${after}`));
    if (!answer.success) return "no_answer";
    const { data, has_more: more } = answer.data;
    entries.push(...data.filter((entry) => takenAt(entry) >= since.getTime()));
    const last = data.at(-1);
    if (!more || !last || takenAt(last) < since.getTime()) return { entries, complete: true };
    after = `&after=${encodeURIComponent(last.id)}`;
  }
  return { entries, complete: false };
}

/** Resend writes `2026-11-22 08:31:06.123456+00`. */
function takenAt({ created_at: text }: Listed): number {
  return Date.parse(text.replace(" ", "T").replace(/\+00$/, "Z"));
}

async function findOne(
  mail: Mail,
  { entries, complete }: SentList,
  { search, get }: { search: Search; get: Get },
): Promise<MailLookUp> {
  const alike = entries.filter(({ to, subject }) => to.includes(mail.to) && subject === mail.subject);
  for (const { id } of alike) {
    if (!(await search.takeTurn())) return { kind: "no_answer", reason: "the mail was not answered" };
    const answer = single.safeParse(await get(`/emails/${encodeURIComponent(id)}`));
    if (!answer.success) return { kind: "no_answer", reason: "the mail was not answered" };
    const tag = answer.data.tags.find(({ name }) => name === "notification");
    if (tag?.value === mail.tags["notification"]) return { kind: "found", providerId: id };
  }
  return complete ? { kind: "not_found" } : { kind: "undecided" };
}
