import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import type { Scenario } from "#tests/sandbox/world/parcel.ts";
import { createWorld } from "#tests/sandbox/world.ts";

import { manualClock, serve } from "./sandbox-server.ts";

const { clientId, clientSecret } = SANDBOX_CREDENTIALS.ups;
export const basic = (user: string, password: string) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

/** Asks for a token as an adapter does. */
export async function askToken(base: string, authorization: string | null, grant = "client_credentials") {
  return fetch(`${base}/security/v1/oauth/token`, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(authorization === null ? {} : { authorization }),
    },
    body: `grant_type=${grant}`,
  });
}

/** A world, its carriers on a free port and a client with a valid token. */
export async function setUpUps(options: { rate?: number } = {}) {
  const clock = manualClock();
  const world = createWorld({ clock });
  const rateLimits = options.rate === undefined ? {} : { ups: { requests: options.rate, perMs: 1_000 } };
  const carriers = createSandboxCarriers({ world, clock, rateLimits, slowMs: 5 });
  const base = `${await serve(carriers.router)}/ups`;
  const answer = await askToken(base, basic(clientId, clientSecret));
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}`, transId: "t-1", transactionSrc: "doorstep" };
  const track = (number: string, extra: Record<string, string> = {}) =>
    fetch(`${base}/api/track/v1/details/${number}`, { headers: { ...headers, ...extra } });
  const subscribe = (body: unknown, version = "v1") =>
    fetch(`${base}/api/track/${version}/subscription/standard/package`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const add = (scenario: Scenario) => addLiveParcels(world, { carrierId: "ups", scenario, count: 1 });
  return { clock, world, carriers, base, headers, track, subscribe, add };
}

/** Code of the first error in UPS's form. */
export const errorsOf = async (answer: Response) =>
  ((await answer.json()) as { response: { errors: { code: string }[] } }).response.errors[0]?.code;
