import { billedCountry, isCountry, readPrice } from "./sms-prices.ts";
import { type SmsCaps, smsCapsSchema, type SmsOptions } from "./sms-account.ts";

/** What is wrong with a field: a translation key under `problem_in.`. */
export type SmsFieldProblem =
  | "required"
  | "account_sid"
  | "api_key_sid"
  | "api_key_secret"
  | "auth_token"
  | "sender_number"
  | "sender_service"
  | "sender_name"
  | "whatsapp_number"
  | "whole_number"
  | "too_long"
  | "country"
  | "price";

export interface SmsCredentials {
  accountSid: string;
  apiKeySid: string;
  apiKeySecret: string;
  authToken: string;
  origin: SmsOptions["origin"];
  whatsappFrom: string | null;
}

export type Read<Value> = { ok: true; value: Value } | { ok: false; problems: Record<string, SmsFieldProblem> };

type Typed = Readonly<Record<string, string>>;

const FORMATS = {
  accountSid: [/^AC[0-9a-f]{32}$/, "account_sid"],
  apiKeySid: [/^SK[0-9a-f]{32}$/, "api_key_sid"],
  apiKeySecret: [/^[A-Za-z0-9]{32}$/, "api_key_secret"],
  authToken: [/^[0-9a-f]{32}$/, "auth_token"],
} as const satisfies Record<string, readonly [RegExp, SmsFieldProblem]>;

const E164 = /^\+[1-9]\d{6,14}$/;
const SERVICE = /^MG[0-9a-f]{32}$/;
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9 +_&-]{1,11}$/;

/** "+1 (202) 555-0143" as people copy it. */
const plainNumber = (text: string) => text.replace(/[\s().-]/g, "");

/** Checks what a merchant typed to connect an account; surrounding spaces are a copying accident. */
export function readSmsCredentials(typed: Typed): Read<SmsCredentials> {
  const problems: Record<string, SmsFieldProblem> = {};
  const value = (name: string) => (typed[name] ?? "").trim();
  for (const [name, [format, problem]] of Object.entries(FORMATS)) {
    if (value(name) === "") problems[name] = "required";
    else if (!format.test(value(name))) problems[name] = problem;
  }
  const origin = readOrigin(value("senderKind"), value("sender"));
  if (typeof origin === "string") problems["sender"] = origin;
  const whatsapp = plainNumber(value("whatsappFrom").replace(/^whatsapp:/, ""));
  if (whatsapp !== "" && !E164.test(whatsapp)) problems["whatsappFrom"] = "whatsapp_number";
  if (typeof origin === "string" || Object.keys(problems).length > 0) return { ok: false, problems };
  const { accountSid, apiKeySid, apiKeySecret, authToken } = {
    ...{ accountSid: value("accountSid"), apiKeySid: value("apiKeySid") },
    ...{ apiKeySecret: value("apiKeySecret"), authToken: value("authToken") },
  };
  const whatsappFrom = whatsapp === "" ? null : `whatsapp:${whatsapp}`;
  return {
    ok: true,
    value: { accountSid, apiKeySid, apiKeySecret, authToken, origin, whatsappFrom },
  };
}

function readOrigin(kind: string, sender: string): SmsOptions["origin"] | SmsFieldProblem {
  if (sender === "") return "required";
  if (kind === "service") return SERVICE.test(sender) ? { kind, sid: sender } : "sender_service";
  if (kind === "name") return NAME.test(sender) ? { kind, name: sender } : "sender_name";
  const number = plainNumber(sender);
  return E164.test(number) ? { kind: "number", number } : "sender_number";
}

/** Checks the limits of texts. */
export function readSmsCaps(typed: Typed): Read<SmsCaps> {
  const numbers = Object.fromEntries(
    Object.keys(smsCapsSchema.shape).map((name) => [name, Number((typed[name] ?? "").trim() || Number.NaN)]),
  );
  const parsed = smsCapsSchema.safeParse(numbers);
  if (parsed.success) return { ok: true, value: parsed.data };
  const names = parsed.error.issues.map(({ path }) => String(path[0]));
  return { ok: false, problems: Object.fromEntries(names.map((name) => [name, "whole_number"])) };
}

const MAX_WORDING = 1_000;

/** What the checkout says beside the telephone number: without it nobody knows what people have agreed to. */
export function readWording(typed: Typed): Read<string> {
  const wording = (typed["wording"] ?? "").trim();
  if (wording === "") return { ok: false, problems: { wording: "required" } };
  return wording.length > MAX_WORDING ? { ok: false, problems: { wording: "too_long" } } : { ok: true, value: wording };
}

/** Countries that a merchant ticked: "US,DE". */
export function readCountries(typed: Typed): Read<readonly string[]> {
  const countries = [...new Set((typed["countries"] ?? "").split(",").map((one) => one.trim()))].filter(Boolean);
  if (countries.length === 0) return { ok: false, problems: { countries: "required" } };
  return countries.every(isCountry)
    ? { ok: true, value: countries }
    : { ok: false, problems: { countries: "country" } };
}

const PRICE_FIELD = "price.";

/** What WhatsApp messages cost: "price.DE" = "0.0511". An empty field stands for a country that gets none. */
export function readWhatsappPrices(typed: Typed): Read<Readonly<Record<string, number>>> {
  const problems: Record<string, SmsFieldProblem> = {};
  const prices: Record<string, number> = {};
  for (const [name, value] of Object.entries(typed)) {
    const country = name.startsWith(PRICE_FIELD) ? name.slice(PRICE_FIELD.length) : "";
    if (!isCountry(country) || value.trim() === "") continue;
    const price = readPrice(value);
    if (price === null) problems[name] = "price";
    else prices[billedCountry(country)] = price;
  }
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, value: prices };
}
