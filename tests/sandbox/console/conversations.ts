import type { Router } from "express";
import express from "express";

import { isRecord } from "../carriers/read-body.ts";
import type { SandboxTwilio } from "../twilio/create-sandbox-twilio.ts";
import type { SentText } from "../twilio/sent-texts.ts";

/** A person's phone talking with one sender of the account. */
export interface Conversation {
  key: string;
  person: string;
  sender: string;
  channel: "SMS" | "WhatsApp";
  /** Alphanumeric senders cannot be answered. */
  answerable: boolean;
  lastAt: string;
  lastBody: string;
  state: string;
}

const MAX_LISTED = 100;
const MAX_MESSAGES = 200;
const MAX_ANSWER = 1_600;

const ends = (text: SentText) =>
  text.direction === "inbound" ? { person: text.sender, sender: text.to } : { person: text.to, sender: text.sender };

const keyOf = (text: SentText) => `${ends(text).person}~${ends(text).sender}`;

function describe(twilio: SandboxTwilio, text: SentText): Conversation {
  const { person, sender } = ends(text);
  return {
    ...{ key: keyOf(text), person, sender, lastAt: text.acceptedAt, lastBody: text.body },
    channel: person.startsWith("whatsapp:") ? "WhatsApp" : "SMS",
    answerable: /^(whatsapp:)?\+\d+$/.test(sender),
    state: stateOf(twilio, text),
  };
}

function stateOf(twilio: SandboxTwilio, text: SentText): string {
  const status = twilio.texts.statusOf(text);
  const failed = status === "failed" || status === "undelivered";
  return failed ? `${status} (${text.fate})` : status;
}

/** Newest first, one line for each pair of a person and a sender. */
function listConversations(twilio: SandboxTwilio): Conversation[] {
  const latest = new Map(twilio.texts.all().map((text) => [keyOf(text), text]));
  const texts = [...latest.values()].sort((a, b) => Date.parse(b.acceptedAt) - Date.parse(a.acceptedAt));
  return texts.slice(0, MAX_LISTED).map((text) => describe(twilio, text));
}

/** The texts of the sandbox's phones: list, read, answer. */
export function createConversationRouter(twilio: SandboxTwilio): Router {
  const router = express.Router();
  const textsOf = (key: string) => twilio.texts.all().filter((text) => keyOf(text) === key);
  router.get("/", (_request, response) => {
    response.set("Cache-Control", "no-store").json({ conversations: listConversations(twilio) });
  });
  router.get("/:key", (request, response) => {
    const texts = textsOf(request.params.key);
    const last = texts.at(-1);
    if (last === undefined) return void response.status(404).json({ message: "There is no such conversation." });
    response.set("Cache-Control", "no-store").json({
      ...describe(twilio, last),
      texts: texts.slice(-MAX_MESSAGES).map((text) => ({
        ...{ sid: text.sid, body: text.body, at: text.acceptedAt, segments: text.segments },
        mine: text.direction === "inbound",
        state: stateOf(twilio, text),
      })),
    });
  });
  router.post("/:key", express.json({ limit: "16kb" }), (request, response) => {
    const last = textsOf(request.params.key).at(-1);
    if (last === undefined) return void response.status(404).json({ message: "There is no such conversation." });
    const body: unknown = isRecord(request.body) ? request.body["body"] : null;
    const { person, sender, answerable } = describe(twilio, last);
    if (!answerable) return void response.status(422).json({ message: "This sender cannot be answered." });
    if (typeof body !== "string" || body.trim() === "" || body.length > MAX_ANSWER)
      return void response.status(422).json({ message: "Write 1 to 1,600 characters." });
    twilio.inbound.receive({ from: person, to: sender, body });
    response.json({ message: "Sent." });
  });
  return router;
}
