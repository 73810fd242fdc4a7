import type { Request, RequestHandler, Response } from "express";

import type { Clock } from "#app/lib/clock.ts";

import { formBody } from "../carriers/read-body.ts";
import type { ResendFault, ResendFaults } from "../resend/resend-faults.ts";
import type { SenderRules } from "./message-request.ts";
import { readMessage } from "./message-request.ts";
import { renderMessage, sentAt } from "./render-message.ts";
import type { SentText, SentTexts } from "./sent-texts.ts";
import { badRequest, INTERNAL_ERROR, notFound, sendError, TOO_MANY_REQUESTS } from "./twilio-error.ts";

export interface TextServer {
  clock: Clock;
  texts: SentTexts;
  faults: ResendFaults;
  rules: SenderRules;
  hangMs: number;
  onAccepted(text: SentText): void;
}

/** A business-initiated text outside the 24 hours of a conversation is taken, and then fails. */
const OUTSIDE_WINDOW = 63_016;
const DAY_MS = 86_400_000;

/** Faults that keep a request from being accepted; true when the request is dealt with. */
function refuseByFault(fault: ResendFault | null, response: Response, hangMs: number): boolean {
  if (fault === "rate_limited") sendError(response.set({ "retry-after": "1" }), TOO_MANY_REQUESTS);
  else if (fault === "server_error") sendError(response, INTERNAL_ERROR);
  else if (fault === "hang") setTimeout(() => response.socket?.destroy(), hangMs).unref();
  else return false;
  return true;
}

function wroteLately(server: TextServer, to: string): boolean {
  const since = server.clock.now().getTime() - DAY_MS;
  return server.texts
    .all()
    .some((one) => one.direction === "inbound" && one.sender === to && Date.parse(one.acceptedAt) >= since);
}

/** `POST Messages.json`. There is no idempotency key: the same form twice is two messages. */
export function createMessage(server: TextServer): RequestHandler {
  return (request, response) => {
    const fault = server.faults.draw();
    if (refuseByFault(fault, response, server.hangMs)) return;
    const read = readMessage(formBody(request.body), server.rules);
    if (!read.ok) return sendError(response, read.error);
    const { to, contentSid } = read.message;
    const outside = to.startsWith("whatsapp:") && contentSid === null && !wroteLately(server, to);
    const text = outside
      ? server.texts.add(read.message, "outbound-api", OUTSIDE_WINDOW)
      : server.texts.add(read.message, "outbound-api");
    server.onAccepted(text);
    const answer = renderMessage(server.texts, text, server.clock.now().getTime());
    if (fault === "accepted_then_reset") return void request.socket.destroy();
    if (fault === "late_answer") return void setTimeout(() => response.status(201).json(answer), server.hangMs).unref();
    response.status(201).json(answer);
  };
}

/** `GET Messages/{sid}.json`. */
export function fetchMessage({ texts, clock }: TextServer): RequestHandler {
  return (request, response) => {
    const sid = String(request.params["file"]).replace(/\.json$/, "");
    const text = texts.find(sid);
    if (text === null) return sendError(response, notFound(request.path));
    response.json(renderMessage(texts, text, clock.now().getTime()));
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const FILTERS: ReadonlySet<string> = new Set([
  "To",
  "From",
  "DateSent",
  "DateSent>",
  "DateSent<",
  "PageSize",
  "Page",
  "PageToken",
]);

/** The filters of a list; `DateSent>=` arrives as the parameter `DateSent>`. Dates are whole days in UTC. */
function matcherOf(query: URLSearchParams, now: number): ((text: SentText) => boolean) | null {
  const days = ["DateSent", "DateSent>", "DateSent<"].flatMap((name) => query.get(name) ?? []);
  if (days.some((day) => !DAY.test(day.slice(0, 10)))) return null;
  const [on, from, until] = ["DateSent", "DateSent>", "DateSent<"].map((name) => query.get(name)?.slice(0, 10) ?? null);
  const [to, sender] = [query.get("To"), query.get("From")];
  return (text) => {
    if (to !== null && text.to !== to) return false;
    if (sender !== null && text.sender !== sender) return false;
    if (days.length === 0) return true;
    // What waits in the queue was not sent on any day.
    const sent = sentAt(text, now);
    if (sent === null) return false;
    const day = new Date(sent).toISOString().slice(0, 10);
    return (!on || day === on) && (!from || day >= from) && (!until || day <= until);
  };
}

function pageUri(request: Request, page: number, token: string): string {
  const query = new URLSearchParams(request.originalUrl.split("?")[1] ?? "");
  query.set("Page", String(page));
  query.set("PageToken", token);
  return `${request.path}?${query.toString()}`;
}

/** `GET Messages.json`: newest first, `PageSize` 1–1000 (50), on by `next_page_uri`. */
export function listMessages({ texts, clock }: TextServer): RequestHandler {
  return (request, response) => {
    const query = new URLSearchParams(request.originalUrl.split("?")[1] ?? "");
    const unknown = [...query.keys()].find((name) => !FILTERS.has(name));
    if (unknown !== undefined)
      return sendError(response, badRequest(20001, `Unknown parameter ${unknown.slice(0, 40)}`));
    const size = Number(query.get("PageSize") ?? 50);
    if (!Number.isInteger(size) || size < 1 || size > 1_000)
      return sendError(response, badRequest(20006, "Page size must be 1 to 1000"));
    const now = clock.now().getTime();
    const matches = matcherOf(query, now);
    if (matches === null) return sendError(response, badRequest(20001, "DateSent must be YYYY-MM-DD"));
    const found = texts.all().reverse().filter(matches);
    const token = query.get("PageToken")?.replace(/^PA/, "") ?? null;
    const start = token === null ? 0 : found.findIndex(({ sid }) => sid === token) + 1;
    if (token !== null && start === 0) return sendError(response, badRequest(20004, "Invalid PageToken"));
    const shown = found.slice(start, start + size);
    const page = Number(query.get("Page") ?? 0);
    const last = shown.at(-1);
    const more = last !== undefined && start + size < found.length;
    response.json({
      first_page_uri: pageUri(request, 0, ""),
      end: start + shown.length - 1,
      previous_page_uri: null,
      messages: shown.map((text) => renderMessage(texts, text, now)),
      uri: request.originalUrl,
      page_size: size,
      start,
      next_page_uri: more ? pageUri(request, page + 1, `PA${last.sid}`) : null,
      page,
    });
  };
}
