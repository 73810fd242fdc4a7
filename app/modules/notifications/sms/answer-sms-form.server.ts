import { connectSmsAccount, type ConnectSmsDeps, type ConnectSmsOutcome } from "./connect-sms-account.server.ts";
import {
  acceptSmsPrices,
  confirmSmsConsent,
  type ManageOutcome,
  removeSmsAccount,
  saveSmsCaps,
  setWhatsappPrices,
  switchSms,
} from "./manage-sms-account.server.ts";
import {
  type Read,
  readCountries,
  readSmsCaps,
  readWhatsappPrices,
  readWording,
  type SmsFieldProblem,
} from "./read-sms-form.ts";
import { sendTestText, type TestTextOutcome } from "./send-test-text.server.ts";

export type SmsFormOutcome =
  ConnectSmsOutcome | ManageOutcome | TestTextOutcome | { kind: "invalid"; problems: Record<string, SmsFieldProblem> };

export interface SmsForm {
  shopId: string;
  actorId: string;
  fields: Readonly<Record<string, string>>;
  /** Language of the admin, and what a test text says in it. */
  locale: string;
  testBody: string;
}

/** One answer for each button of the page about texts. */
export async function answerSmsForm(deps: ConnectSmsDeps, form: SmsForm): Promise<SmsFormOutcome> {
  const { shopId, actorId, fields, testBody, locale } = form;
  const staff = { shopId, actorId };
  switch (fields["intent"]) {
    case "connect":
      return connectSmsAccount(deps, { ...staff, typed: fields });
    case "test":
      return sendTestText(deps, { shopId, to: fields["testTo"] ?? "", body: testBody, locale });
    case "accept_prices":
      return checked(readCountries(fields), (countries) => acceptSmsPrices(deps, { ...staff, countries }));
    case "whatsapp_prices":
      return checked(readWhatsappPrices(fields), (prices) => setWhatsappPrices(deps, { ...staff, prices }));
    case "consent":
      return checked(readWording(fields), (wording) => confirmSmsConsent(deps, { ...staff, wording }));
    case "caps":
      return checked(readSmsCaps(fields), (caps) => saveSmsCaps(deps, { ...staff, caps }));
    case "switch_on":
    case "switch_off":
      return switchSms(deps, { ...staff, on: fields["intent"] === "switch_on" });
    case "remove":
      return removeSmsAccount(deps, staff);
    default:
      return { kind: "not_found" };
  }
}

async function checked<Value>(
  read: Read<Value>,
  use: (value: Value) => Promise<ManageOutcome>,
): Promise<ManageOutcome | { kind: "invalid"; problems: Record<string, SmsFieldProblem> }> {
  return read.ok ? use(read.value) : { kind: "invalid", problems: read.problems };
}
