import type { Request, RequestHandler, Response } from "express";
import express from "express";

import { normaliseNumber } from "../world/normalise-number.ts";
import type { Scan, ScanKind } from "../world/parcel.ts";
import type { BearerTokens } from "./bearer-tokens.ts";
import type { ProviderRefusals } from "./carrier-faults.ts";
import { isRecord, rawBody } from "./read-body.ts";
import type { SandboxCarrier, SandboxCarrierParts, SandboxCarrierServer } from "./sandbox-carrier.ts";
import { readSoap, sendFault, sendSoap } from "./soap-server.ts";

const CREDENTIALS = { username: "SANDBOX01", password: "delis-sandbox", country: "NL" };
const DAY_SECONDS = 24 * 60 * 60;

const OUT = "Parcel out for delivery";

/** DPD's code, its heading (which says little) and its words for a scan. */
const WORDS: Readonly<Record<ScanKind, readonly [status: string, label: string, words: string]>> = {
  label: ["START_ORDER", "Order information", "The order information was sent to DPD."],
  accepted: ["PickedUp", "Parcel handed to DPD", "DPD has received the parcel."],
  departed: ["BetweenDepots", "In transit", "The parcel has left the depot."],
  arrived: ["BetweenDepots", "In transit", "The parcel is at a sorting centre."],
  arrived_destination: ["Depot", OUT, "The parcel is at the delivery depot."],
  customs_held: ["Customs", "In transit", "The parcel is being checked by customs."],
  customs_cleared: ["BetweenDepots", "In transit", "The parcel has left customs."],
  weather_delay: ["Warehouse", "In transit", "The parcel is held because of the weather."],
  out_for_delivery: ["Courier", OUT, "The parcel is with the driver."],
  attempted: ["DeliveryFailure", OUT, "Nobody was at home."],
  available_for_pickup: ["ParcelShop", OUT, "The parcel is at the Pickup parcelshop."],
  collected: ["Delivered", "Parcel delivered", "The parcel was collected."],
  refused: ["DeliveryFailure", OUT, "The parcel was refused."],
  returning: ["BetweenDepots", "In transit", "The parcel is being returned to the sender."],
  returned: ["Delivered", "Parcel delivered", "The parcel was returned to the sender."],
  handed_over: ["Consolidation", "In transit", "The parcel was consolidated for its delivery partner."],
  declared_lost: ["DeliveryFailure", OUT, "The parcel could not be found and counts as lost."],
  delivered: ["Delivered", "Parcel delivered", "The parcel was delivered."],
};

const NAMESPACE = "http://dpd.com/common/service/types";

const REFUSALS: ProviderRefusals = {
  rate_limited: (_request, response) => void response.status(429).set("Retry-After", "60").type("text").send(""),
  server_error: (_request, response) => sendFault(response, { code: "soap:Server", text: "Fault occured" }),
  forbidden: (_request, response) => void response.status(403).type("text").send("Forbidden"),
};

function refuse(response: Response, errorCode: string, errorMessage: string): void {
  const fault = { "@xmlns:ns": `${NAMESPACE}/Authentication/2.0`, errorCode, errorMessage };
  sendFault(response, { code: "soap:Server", text: "Fault occured", detail: { "ns:authenticationFault": fault } });
}

function login(tokens: BearerTokens): RequestHandler {
  return (request, response) => {
    const question = readSoap(request);
    if (question?.operation !== "getAuth") return sendFault(response, { code: "soap:Client", text: "Bad Request" });
    const { delisId, password } = question.fields;
    if (delisId !== CREDENTIALS.username || password !== CREDENTIALS.password) {
      return refuse(response, "DELICOM_ERR_AUTHENTICATION", "Authentication failure, check delisId and password.");
    }
    sendSoap(response, 200, {
      getAuthResponse: {
        "@xmlns": `${NAMESPACE}/LoginService/2.1`,
        return: { delisId, customerUid: delisId, authToken: tokens.issue(), depot: "0522" },
      },
    });
  };
}

/** "8/19/2026 5:11:26 PM", the clock of the depot. */
function americanClock(local: string): string {
  const [date = "", time = ""] = local.split("T");
  const [year, month, day] = date.split("-");
  const [hour = "0", minute, second] = time.split(":");
  const twelve = Number(hour) % 12 === 0 ? 12 : Number(hour) % 12;
  return `${Number(month)}/${Number(day)}/${year} ${twelve}:${minute}:${second} ${Number(hour) < 12 ? "AM" : "PM"}`;
}

const line = (content: string, bold = true) => ({ content, bold, paragraph: false });

function statusInfo(scan: Scan, current: boolean) {
  const [status, label, words] = WORDS[scan.kind];
  return {
    status,
    label: line(label),
    description: { content: line(words, false) },
    statusHasBeenReached: true,
    isCurrentStatus: current,
    showContactInfo: true,
    location: line(`${scan.place.city} (${scan.place.country})`),
    date: line(americanClock(scan.local)),
  };
}

function tracked({ world }: SandboxCarrierParts, number: string): Record<string, unknown> | "" {
  const scans = world.parcel(number)?.carrierId === "dpd" ? world.scans(number) : [];
  if (scans.length === 0) return "";
  const shipmentInfo = {
    serviceDescription: { label: line("Your DPD service:", false), content: line("DPD CLASSIC", false) },
    status: "SHIPMENT",
    statusHasBeenReached: false,
    isCurrentStatus: false,
    showContactInfo: false,
  };
  return { shipmentInfo, statusInfo: scans.map((scan, index) => statusInfo(scan, index === scans.length - 1)) };
}

function track(parts: SandboxCarrierParts, tokens: BearerTokens): RequestHandler {
  return (request: Request, response) => {
    const question = readSoap(request);
    const authentication = question?.header["authentication"];
    if (question?.operation !== "getTrackingData" || !isRecord(authentication)) {
      return sendFault(response, { code: "soap:Client", text: "Bad Request" });
    }
    const state = tokens.check(`Bearer ${String(authentication["authToken"])}`);
    if (authentication["delisId"] !== CREDENTIALS.username || state === "unknown") {
      return refuse(response, "ERR_DELICOM_TOKEN_INCORRECT", "The token is not recognised.");
    }
    if (state === "expired") return refuse(response, "ERR_DELICOM_TOKEN_EXPIRED", "The token has expired.");
    sendSoap(response, 200, {
      getTrackingDataResponse: {
        "@xmlns": `${NAMESPACE}/ParcelLifeCycleService/2.0`,
        trackingresult: tracked(parts, normaliseNumber(question.fields["parcelLabelNumber"] ?? "")),
      },
    });
  };
}

function create(parts: SandboxCarrierParts): SandboxCarrierServer {
  const tokens = parts.tokens(DAY_SECONDS);
  const router = express.Router();
  router.use(rawBody("64kb"));
  router.post("/soap/services/LoginService/V2_1", login(tokens));
  router.post("/soap/services/ParcelLifeCycleService/V2_0", track(parts, tokens));
  router.use((_request, response) => void response.status(404).type("text").send("Not Found"));
  return { router, refusals: REFUSALS };
}

export const dpd: SandboxCarrier = {
  id: "dpd",
  label: "DPD",
  company: "DPD",
  credentials: CREDENTIALS,
  /** Depot, then the parcel: fourteen digits on the label, without the check character of the barcode. */
  makeNumber: (serial) => `0522${String(serial % 10_000_000_000).padStart(10, "0")}`,
  create,
};
