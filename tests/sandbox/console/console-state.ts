import type { SandboxCarriers } from "../carriers/create-sandbox-carriers.ts";
import type { SandboxResend } from "../resend/create-sandbox-resend.ts";
import { RESEND_ACCOUNT } from "../resend/account.ts";
import type { SandboxTwilio } from "../twilio/create-sandbox-twilio.ts";
import type { World } from "../world.ts";
import { SANDBOX_CARRIERS } from "../carriers/sandbox-carriers.ts";
import { FINAL_KINDS } from "../world/scenarios.ts";
import type { ConsoleActions } from "./console-actions.ts";
import { CARRIER_LABELS } from "./console-page.ts";

/** What the sandbox begins with is nobody's to set up. */
const OWN_DOMAINS: ReadonlySet<string> = new Set(RESEND_ACCOUNT.domains);

/** Parcels shown at once; older ones only count. */
const MAX_SHOWN = 30;

export interface ConsoleParts {
  world: World;
  carriers: SandboxCarriers;
  resend: SandboxResend;
  twilio: SandboxTwilio;
  actions: ConsoleActions;
}

/** Everything the console shows, in one answer. Parcels of the imported history (natural speed) only count. */
export async function readConsoleState({ world, carriers, resend, twilio, actions }: ConsoleParts) {
  const all = world.list();
  const live = all.filter((parcel) => parcel.speed !== 1);
  const [orders, webhookFaults] = await Promise.all([actions.listOrders(), actions.webhookFaults()]);
  const strongest = (shares: Partial<Record<string, number>>) =>
    Object.entries(shares).find(([, share]) => share !== undefined && share > 0)?.[0] ?? "";
  return {
    parcels: live.slice(0, MAX_SHOWN).map((parcel) => {
      const scans = world.scans(parcel.trackingNumber);
      return {
        trackingNumber: parcel.trackingNumber,
        carrier: CARRIER_LABELS[parcel.carrierId],
        scenario: parcel.scenario,
        destination: [parcel.destination.city, parcel.destination.region].filter((part) => part !== "").join(", "),
        finished: scans.some((scan) => FINAL_KINDS.has(scan.kind)),
        scans: scans.map(({ kind, local, place, at }) => ({ kind, at, local, city: place.city })).reverse(),
      };
    }),
    liveCount: live.length,
    historyCount: all.length - live.length,
    orders: orders.slice(0, 10),
    domains: resend.domains.all().flatMap(({ name, status, recordsSet }) => {
      return OWN_DOMAINS.has(name) ? [] : [{ name, status, recordsSet }];
    }),
    webhookFaults,
    faults: {
      ...Object.fromEntries(
        SANDBOX_CARRIERS.map((carrierId) => [carrierId, strongest(carriers.faults.get(carrierId))]),
      ),
      resend: strongest(resend.faults.get()),
      twilio: strongest(twilio.faults.get()),
    },
  };
}
