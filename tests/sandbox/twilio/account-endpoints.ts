import type { RequestHandler } from "express";

import { formBody } from "../carriers/read-body.ts";
import { TWILIO_ACCOUNT } from "./account.ts";
import type { InboundTexts } from "./inbound-texts.ts";
import { notFound, sendError } from "./twilio-error.ts";

/** `GET Accounts/{sid}.json`: only the auth token may read it. */
export const fetchAccount: RequestHandler = (_request, response) => {
  response.json({
    sid: TWILIO_ACCOUNT.accountSid,
    friendly_name: TWILIO_ACCOUNT.friendlyName,
    status: "active",
    type: "Full",
    owner_account_sid: TWILIO_ACCOUNT.accountSid,
    uri: `/2010-04-01/Accounts/${TWILIO_ACCOUNT.accountSid}.json`,
  });
};

const sidOf = (number: string) => `PN${number.replace(/\D/g, "").padStart(32, "0")}`;

function renderNumber(inbound: InboundTexts, number: string): Record<string, unknown> {
  return {
    sid: sidOf(number),
    account_sid: TWILIO_ACCOUNT.accountSid,
    phone_number: number,
    friendly_name: number,
    capabilities: { voice: false, sms: true, mms: false, fax: false },
    sms_url: inbound.webhookOf(number) ?? "",
    sms_method: "POST",
    status: "in-use",
  };
}

/** `GET IncomingPhoneNumbers.json?PhoneNumber=`: the numbers of the account. */
export function listNumbers(inbound: InboundTexts): RequestHandler {
  return (request, response) => {
    const asked = new URLSearchParams(request.originalUrl.split("?")[1] ?? "").get("PhoneNumber");
    const numbers = TWILIO_ACCOUNT.numbers.filter((number) => asked === null || number === asked);
    response.json({
      incoming_phone_numbers: numbers.map((number) => renderNumber(inbound, number)),
      next_page_uri: null,
      page: 0,
      page_size: 50,
    });
  };
}

/** `POST IncomingPhoneNumbers/{sid}.json`: where the number's texts are posted. */
export function updateNumber(inbound: InboundTexts): RequestHandler {
  return (request, response) => {
    const sid = String(request.params["file"]).replace(/\.json$/, "");
    const number = TWILIO_ACCOUNT.numbers.find((one) => sidOf(one) === sid);
    if (number === undefined) return sendError(response, notFound(request.path));
    const url = formBody(request.body).get("SmsUrl");
    if (url !== null) inbound.setWebhook(number, url);
    response.json(renderNumber(inbound, number));
  };
}

/** `GET /v1/Services/{sid}` of the messaging host. */
export function fetchService(inbound: InboundTexts): RequestHandler {
  return (request, response) => {
    if (request.params["sid"] !== TWILIO_ACCOUNT.messagingServiceSid)
      return sendError(response, notFound(request.path));
    response.json({
      sid: TWILIO_ACCOUNT.messagingServiceSid,
      account_sid: TWILIO_ACCOUNT.accountSid,
      friendly_name: "Parcel texts",
      inbound_request_url: inbound.webhookOf(TWILIO_ACCOUNT.numbers[0]),
      use_inbound_webhook_on_number: true,
      smart_encoding: true,
    });
  };
}
