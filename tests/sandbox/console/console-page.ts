import { CARRIER_FAULTS } from "../carriers/carrier-faults.ts";
import { MORE_CARRIERS, SANDBOX_CARRIERS } from "../carriers/sandbox-carriers.ts";
import { RESEND_FAULTS } from "../resend/resend-faults.ts";
import type { SandboxCarrierId, Scenario } from "../world/parcel.ts";
import { TWILIO_ACCOUNT } from "../twilio/account.ts";
import { SCENARIOS } from "../world/parcel.ts";
import type { ConsoleLinks } from "./console-actions.ts";
import { renderPage } from "./page-shell.ts";

export const CARRIER_LABELS: Readonly<Record<SandboxCarrierId, string>> = {
  ...Object.fromEntries(Object.values(MORE_CARRIERS).map(({ id, label }) => [id, label])),
  ups: "UPS",
  fedex: "FedEx",
  easypost: "USPS through EasyPost",
};

const SCENARIO_LABELS: Readonly<Record<Scenario, string>> = {
  on_time: "On time",
  delayed_weather: "Delayed by weather",
  attempted_then_delivered: "Nobody home, then delivered",
  pickup_point: "To a pickup point",
  returned: "Refused and returned",
  lost: "Lost after the hub",
  customs: "Held in customs",
  label_only: "Label only, never handed over",
  unknown_number: "Number the carrier does not know",
  two_pieces: "One shipment, two pieces",
  lost_confirmed: "Lost, and the carrier says so",
  held_back: "Held back at the hub for two weeks",
  handed_to_partner: "Handed to a partner for the last mile",
  recycled_number: "A number that was used a year ago",
  wrong_carrier: "Shipped under another carrier's name",
};

const FAULT_LABELS: Readonly<Record<string, string>> = {
  rate_limited: "Too many requests (429)",
  server_error: "Server error (5xx)",
  forbidden: "Forbidden (403)",
  html: "HTML error page",
  slow: "Very slow",
  truncated: "Answer breaks off",
  reset: "Connection reset",
  hang: "Silence, nothing accepted",
  late_answer: "Accepted, answered late",
  accepted_then_reset: "Accepted, then reset",
};

const option = (value: string, label: string) => `<option value="${value}">${label}</option>`;

function faultSelect(target: string, label: string, faults: readonly string[]): string {
  const options = [option("", "Healthy"), ...faults.map((fault) => option(fault, FAULT_LABELS[fault] ?? fault))];
  return `<div class="field"><label for="fault-${target}">${label}</label>
<select id="fault-${target}" data-fault="${target}">${options.join("")}</select></div>`;
}

const switchRow = (name: string, label: string) =>
  `<label class="switch"><input type="checkbox" role="switch" data-webhook-fault="${name}"><span>${label}</span></label>`;

const PLACE_FORM = `<section class="card" aria-labelledby="place-title"><h2 id="place-title">Place an order and ship it</h2>
<form id="place"><div class="fields">
<div class="field"><label for="carrier">Carrier</label><select id="carrier" name="carrierId">${SANDBOX_CARRIERS.map((id) => option(id, CARRIER_LABELS[id] ?? id)).join("")}</select></div>
<div class="field"><label for="scenario">What happens on the way</label><select id="scenario" name="scenario">${SCENARIOS.map((id) => option(id, SCENARIO_LABELS[id])).join("")}</select></div>
<div class="field small"><label for="parcels">Parcels</label><input id="parcels" name="parcels" type="number" min="1" max="5" value="1" required></div>
</div><button type="submit" class="primary">Place the order and ship it</button>
<p id="place-status" role="status" class="status"></p></form>
<p class="hint">A parcel needs about a minute from the label to the door.</p></section>`;

const FAULTS = `<section class="card" aria-labelledby="faults-title"><h2 id="faults-title">Make things go wrong</h2>
<fieldset><legend>Shopify webhooks</legend>${switchRow("duplicate", "Deliver twice")}${switchRow("reorder", "Deliver out of order")}${switchRow("drop", "Lose some")}</fieldset>
<fieldset><legend>Servers</legend>${SANDBOX_CARRIERS.map((id) => faultSelect(id, CARRIER_LABELS[id] ?? id, CARRIER_FAULTS)).join("")}${faultSelect("resend", "Resend (mail)", RESEND_FAULTS)}${faultSelect("twilio", "Twilio (SMS)", RESEND_FAULTS)}</fieldset>
<p id="faults-status" role="status" class="status"></p></section>`;

const keyRow = (name: string, value: string) => `<dt>${name}</dt><dd><code>${value}</code></dd>`;

/** What a merchant of the sandbox types under Settings › Text messages; it opens nothing anywhere else. */
const TWILIO_KEYS = `<section class="card" aria-labelledby="twilio-title"><h2 id="twilio-title">A Twilio account to connect</h2>
<dl class="headers">${keyRow("Account SID", TWILIO_ACCOUNT.accountSid)}${keyRow("Auth token", TWILIO_ACCOUNT.authToken)}${keyRow("API key SID", TWILIO_ACCOUNT.apiKeySid)}${keyRow("API key secret", TWILIO_ACCOUNT.apiKeySecret)}${keyRow("Number", TWILIO_ACCOUNT.numbers[0])}${keyRow("WhatsApp", TWILIO_ACCOUNT.whatsappSender.replace("whatsapp:", ""))}</dl>
<p class="hint">Texts arrive in the mailbox, where a person can answer STOP.</p></section>`;

/** Where a merchant of the sandbox would set the records that Settings › Sender asks for. */
const DNS = `<section class="card" aria-labelledby="dns-title"><h2 id="dns-title">The DNS provider</h2>
<ul id="domains" class="orders"></ul>
<p id="no-domains" class="hint">A domain that a merchant adds under Settings › Sender shows here, to set its DNS records with one press.</p>
<p id="dns-status" role="status" class="status"></p></section>`;

/** The console: what exists now, what can be made to happen. */
export function renderConsolePage(base: string, links: ConsoleLinks): string {
  const main = `<h1>Console</h1>
<p class="lead">Place an order, watch its parcels move, and see what the merchant and the shopper see.</p>
<div class="columns"><div class="stack">${PLACE_FORM}${DNS}${TWILIO_KEYS}${FAULTS}
<section class="card" aria-labelledby="orders-title"><h2 id="orders-title">Newest orders</h2><ul id="orders" class="orders"></ul></section></div>
<section aria-labelledby="parcels-title"><div class="row"><h2 id="parcels-title">Parcels on the way</h2><p id="parcel-count" class="hint"></p></div>
<ol id="parcel-list" class="parcels"></ol>
<p id="no-parcels" class="empty" hidden>No parcel is moving. Place an order to see one travel.</p></section></div>`;
  return renderPage({
    title: "Console – Doorstep sandbox",
    base,
    script: "console.js",
    nav: [
      { label: "Console", href: links.console, current: true },
      { label: "Mailbox", href: links.mailbox },
      { label: "Admin", href: links.admin },
      { label: "Storefront", href: links.storefront },
    ],
    main,
  });
}
