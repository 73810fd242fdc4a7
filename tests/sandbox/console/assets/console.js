import { element, every, getJson, showItems } from "./element.js";

const api = `${document.body.dataset.base}/api`;
const byId = (id) => document.getElementById(id);

const WORDS = {
  label: "Label created",
  accepted: "Handed to the carrier",
  departed: "Departed",
  arrived: "Arrived at the hub",
  arrived_destination: "At the local depot",
  customs_held: "Held in customs",
  customs_cleared: "Released by customs",
  weather_delay: "Delayed by weather",
  out_for_delivery: "Out for delivery",
  attempted: "Nobody home",
  available_for_pickup: "Ready for pickup",
  collected: "Collected",
  refused: "Refused",
  returning: "On the way back",
  returned: "Back at the sender",
  delivered: "Delivered",
};
const TROUBLE = new Set(["customs_held", "weather_delay", "attempted", "refused", "returning", "returned"]);

function renderScan(scan, isFresh) {
  const place = `${scan.city}, ${scan.local.slice(11)} local time`;
  return element(
    "li",
    { className: isFresh ? "fresh" : "" },
    WORDS[scan.kind] ?? scan.kind,
    element("small", {}, place),
  );
}

function renderParcel(parcel, before) {
  const shown = Number(before?.dataset.scans ?? parcel.scans.length);
  const newest = parcel.scans[0];
  const badge = element("span", { className: `badge${!newest || TROUBLE.has(newest.kind) ? " warn" : ""}` });
  badge.append(newest ? (WORDS[newest.kind] ?? newest.kind) : "Not known to the carrier");
  const freshCount = parcel.scans.length - shown;
  const item = element(
    "li",
    { className: "card parcel" },
    element("div", { className: "parcel-top" }, element("h3", {}, parcel.trackingNumber), badge),
    element("p", { className: "hint" }, `${parcel.carrier} to ${parcel.destination}`),
    element("ol", { className: "scans" }, ...parcel.scans.map((scan, index) => renderScan(scan, index < freshCount))),
  );
  item.dataset.scans = parcel.scans.length;
  return item;
}

function renderOrder(order) {
  return element(
    "li",
    {},
    element("strong", {}, order.name),
    element("span", { className: "hint" }, order.email ?? ""),
  );
}

const DOMAIN_WORDS = { verified: "Verified", failed: "Records not found any more", not_started: "Not checked yet" };

function renderDomain({ name, status, recordsSet }) {
  const button = element("button", { type: "button" }, recordsSet ? "Remove the records" : "Set the records");
  button.setAttribute("aria-label", `${button.textContent}: ${name}`);
  button.addEventListener("click", () => {
    void tell("dns-status", async () => (await post("dns-records", { domain: name, set: !recordsSet })).message).then(
      refresh,
    );
  });
  const word = recordsSet && status !== "verified" ? "Records set, not checked yet" : DOMAIN_WORDS[status];
  return element(
    "li",
    {},
    element(
      "div",
      { className: "domain" },
      element("strong", {}, name),
      element("span", { className: "hint" }, word ?? "No records found yet"),
    ),
    button,
  );
}

async function refresh() {
  const state = await getJson(`${api}/state`);
  showItems(byId("parcel-list"), state.parcels, { key: (parcel) => parcel.trackingNumber, render: renderParcel });
  showItems(byId("orders"), state.orders, { key: (order) => order.name, render: renderOrder });
  showItems(byId("domains"), state.domains, { key: (domain) => domain.name, render: renderDomain });
  byId("no-domains").hidden = state.domains.length > 0;
  byId("no-parcels").hidden = state.parcels.length > 0;
  const count = `${state.liveCount} live, ${state.historyCount} in the imported history`;
  if (byId("parcel-count").textContent !== count) byId("parcel-count").textContent = count;
  for (const input of document.querySelectorAll("[data-webhook-fault]")) {
    input.checked = state.webhookFaults[input.dataset.webhookFault];
  }
  for (const select of document.querySelectorAll("[data-fault]")) {
    if (document.activeElement !== select) select.value = state.faults[select.dataset.fault];
  }
}

async function post(path, body) {
  const answer = await fetch(`${api}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const result = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(result.message ?? `The sandbox answered ${answer.status}.`);
  return result;
}

/** Shows what came of a request in the section's status line. */
async function tell(statusId, work) {
  const status = byId(statusId);
  try {
    status.textContent = await work();
  } catch (error) {
    status.textContent = error.message;
  }
}

byId("place").addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.target.querySelector("button");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  const fields = new FormData(event.target);
  await tell("place-status", async () => {
    const { orderName } = await post("place-and-ship", {
      carrierId: fields.get("carrierId"),
      scenario: fields.get("scenario"),
      parcels: Number(fields.get("parcels")),
    });
    return `Order ${orderName} is placed and on its way.`;
  });
  button.removeAttribute("aria-disabled");
  await refresh().catch(() => undefined);
});

document.addEventListener("change", (event) => {
  const { fault, webhookFault } = event.target.dataset;
  if (fault !== undefined) {
    void tell(
      "faults-status",
      async () => (await post("faults", { target: fault, fault: event.target.value })).message,
    );
  }
  if (webhookFault !== undefined) {
    const switches = [...document.querySelectorAll("[data-webhook-fault]")];
    const faults = Object.fromEntries(switches.map((input) => [input.dataset.webhookFault, input.checked]));
    void tell("faults-status", async () => (await post("webhook-faults", faults)).message);
  }
});

every(1000, refresh);
