import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import type { Scenario } from "#tests/sandbox/world/parcel.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { manualClock, serve } from "./sandbox-server.ts";

const { apiKey } = SANDBOX_CREDENTIALS.easypost;
export const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString("base64")}`;

export interface Tracker {
  id: string;
  tracking_code: string;
  status: string;
  tracking_details: { status: string; datetime: string }[];
  est_delivery_date: string | null;
  finalized: boolean;
}

/** A world, its carriers on a free port and a client with the account's key. */
export async function setUpEasypost() {
  const clock = manualClock();
  const world = createWorld({ clock });
  const carriers = createSandboxCarriers({ world, clock, easypostRetryDelaysMs: [1_000, 2_000] });
  const base = `${await serve(carriers.router)}/easypost/v2`;
  const callAs = (key: string) => (method: string, path: string, body?: unknown) =>
    fetch(`${base}${path}`, {
      method,
      headers: { authorization: basic(key), "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = callAs(apiKey);
  const create = async (code: string, carrier = "USPS") =>
    (await (await call("POST", "/trackers", { tracker: { tracking_code: code, carrier } })).json()) as Tracker;
  const add = (scenario: Scenario) =>
    addLiveParcels(world, { carrierId: "easypost", scenario, count: 1 })[0]?.trackingNumber ?? "";
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second += 1) {
      clock.advance(1_000);
      await carriers.tick();
    }
  };
  return { clock, world, carriers, base, call, callAs, create, add, pass };
}
