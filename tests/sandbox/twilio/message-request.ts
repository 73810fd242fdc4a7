import { MAGIC_NUMBERS, TWILIO_ACCOUNT } from "./account.ts";
import type { TwilioError } from "./twilio-error.ts";
import { badRequest } from "./twilio-error.ts";

/** A message that passed every check. */
export interface MessageRequest {
  to: string;
  /** Null for a messaging service, which chooses one. */
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  contentSid: string | null;
  contentVariables: Record<string, string>;
  statusCallback: string | null;
  validitySeconds: number;
  smartEncoded: boolean;
}

export type ReadMessage = { ok: true; message: MessageRequest } | { ok: false; error: TwilioError };

export interface SenderRules {
  /** Prefixes of regions that are switched off in the account's geographic permissions. */
  closedPrefixes: readonly string[];
  isStopped(sender: string, to: string): boolean;
}

const FIELDS: ReadonlySet<string> = new Set(
  (
    "To From MessagingServiceSid Body StatusCallback ValidityPeriod SmartEncoded ContentSid ContentVariables MediaUrl " +
    "ScheduleType SendAt ShortenUrls ProvideFeedback ContentRetention AddressRetention RiskCheck ForceDelivery"
  ).split(" "),
);
const E164 = /^\+[1-9]\d{6,14}$/;
const ALPHANUMERIC = /^(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}$/;
const MAX_BODY = 1_600;
const MAX_VALIDITY = 36_000;

/** Thrown and caught inside this file only, so that each reader may stop at the first fault. */
class Refusal extends Error {
  readonly error: TwilioError;
  constructor(error: TwilioError) {
    super(error.message);
    this.error = error;
  }
}

function refuse(code: number, message: string): never {
  throw new Refusal(badRequest(code, message));
}

const channelOf = (address: string) => (address.startsWith("whatsapp:") ? "whatsapp" : "sms");
const bare = (address: string) => address.replace(/^whatsapp:/, "");

function checkFields(form: URLSearchParams): void {
  for (const name of new Set(form.keys())) {
    // Twilio ignores unknown parameters; a misspelt one would then vanish without a word, so the sandbox is stricter.
    if (!FIELDS.has(name)) refuse(20001, `Unknown parameter ${name.slice(0, 80)}`);
    if (name !== "MediaUrl" && form.getAll(name).length > 1) refuse(20001, `Parameter ${name} must be given once`);
  }
}

function readTo(form: URLSearchParams): string {
  const to = form.get("To") ?? "";
  if (to === "") refuse(21604, "A 'To' phone number is required.");
  if (!E164.test(bare(to)) || to === MAGIC_NUMBERS.invalid)
    refuse(21211, `Invalid 'To' Phone Number: ${to.slice(0, 40)}`);
  return to;
}

function readSender(form: URLSearchParams, to: string): Pick<MessageRequest, "from" | "messagingServiceSid"> {
  const from = form.get("From");
  const service = form.get("MessagingServiceSid");
  if (!from && !service) refuse(21603, "A 'From' phone number is required.");
  if (service !== null && service !== TWILIO_ACCOUNT.messagingServiceSid)
    refuse(21701, `The Messaging Service ${service.slice(0, 40)} does not exist`);
  if (!from) return { from: null, messagingServiceSid: service };
  if (channelOf(from) !== channelOf(to))
    refuse(21910, "Invalid From and To pair. From and To should be of the same channel");
  if (channelOf(from) === "whatsapp") {
    if (from !== TWILIO_ACCOUNT.whatsappSender)
      refuse(63007, "Twilio could not find a Channel with the specified From address");
  } else if (E164.test(from)) {
    if (!TWILIO_ACCOUNT.numbers.some((number) => number === from))
      refuse(
        21606,
        `The 'From' phone number provided (${from}) is not a valid message-capable Twilio phone number for this destination.`,
      );
  } else if (!ALPHANUMERIC.test(from)) {
    refuse(
      21212,
      `The 'From' number ${from.slice(0, 40)} is not a valid phone number, shortcode, or alphanumeric sender ID.`,
    );
  } else if (to.startsWith("+1")) {
    refuse(
      21612,
      `Message cannot be sent with the current combination of 'To' (${to}) and/or 'From' (${from}) parameters`,
    );
  }
  return { from, messagingServiceSid: service };
}

function readContent(form: URLSearchParams): Pick<MessageRequest, "body" | "contentSid" | "contentVariables"> {
  const contentSid = form.get("ContentSid");
  const body = form.get("Body") ?? "";
  if (contentSid === null) {
    if (body === "") refuse(21602, "Message body is required.");
    if (body.length > MAX_BODY) refuse(21617, `The concatenated message body exceeds the ${MAX_BODY} character limit`);
    return { body, contentSid, contentVariables: {} };
  }
  const content = TWILIO_ACCOUNT.contents.find(({ sid }) => sid === contentSid);
  if (content === undefined) return refuse(21655, "The ContentSid is invalid");
  const contentVariables = readVariables(form.get("ContentVariables") ?? "{}");
  const filled = content.body.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => {
    const value = contentVariables[name];
    return value === undefined || value === "" ? refuse(21656, "The Content Variables parameter is invalid") : value;
  });
  return { body: filled, contentSid, contentVariables };
}

function readVariables(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && Object.values(value).every((one) => typeof one === "string"))
      return value as Record<string, string>;
  } catch {
    // Told below, as everything that is not an object of texts.
  }
  return refuse(21656, "The Content Variables parameter is invalid");
}

function readCallback(form: URLSearchParams): string | null {
  const url = form.get("StatusCallback");
  if (url === null || /^https?:\/\/[^\s/]+/.test(url)) return url;
  return refuse(21609, `Invalid 'StatusCallback' URL: ${url.slice(0, 80)}`);
}

function readValidity(form: URLSearchParams): number {
  const seconds = Number(form.get("ValidityPeriod") ?? MAX_VALIDITY);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= MAX_VALIDITY) return seconds;
  return refuse(20001, `ValidityPeriod must be between 1 and ${MAX_VALIDITY}`);
}

function checkReach(to: string, sender: string, rules: SenderRules): void {
  if (to === MAGIC_NUMBERS.notRoutable)
    refuse(
      21612,
      `The 'To' phone number: ${to}, is not currently reachable using the 'From' phone number: ${sender} via SMS.`,
    );
  if (to === MAGIC_NUMBERS.regionClosed || rules.closedPrefixes.some((prefix) => bare(to).startsWith(prefix)))
    refuse(21408, `Permission to send an SMS has not been enabled for the region indicated by the 'To' number: ${to}`);
  if (to === MAGIC_NUMBERS.notMobile) refuse(21614, `'To' number: ${to}, is not a valid mobile number`);
  if (to === MAGIC_NUMBERS.stopped || rules.isStopped(sender, to))
    refuse(21610, "Attempt to send to unsubscribed recipient");
}

/** Checks one message as `POST Messages.json` does and gives the first fault found. */
export function readMessage(form: URLSearchParams, rules: SenderRules): ReadMessage {
  try {
    checkFields(form);
    const to = readTo(form);
    const sender = readSender(form, to);
    const content = readContent(form);
    const statusCallback = readCallback(form);
    const validitySeconds = readValidity(form);
    checkReach(to, sender.from ?? sender.messagingServiceSid ?? "", rules);
    const smartEncoded = form.get("SmartEncoded") === "true";
    return { ok: true, message: { to, ...sender, ...content, statusCallback, validitySeconds, smartEncoded } };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.error };
    throw error;
  }
}
