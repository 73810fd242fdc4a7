import { randomUUID } from "node:crypto";

import type { CarrierSession } from "#app/modules/carriers/carrier.ts";
import { carrierById } from "#app/modules/carriers/registry.server.ts";
import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { credentialsOf } from "#tests/sandbox/carriers/sandbox-carriers.ts";
import type { SandboxCarrierId } from "#tests/sandbox/world/parcel.ts";
import { createWorld } from "#tests/sandbox/world.ts";
import { SAMPLES } from "#tests/modules/carriers/carrier-samples.ts";

import { manualClock, serve } from "./sandbox-server.ts";

/** The adapter with this id. */
export function adapter(carrierId: SandboxCarrierId) {
  const carrier = carrierById(carrierId);
  if (carrier === null) throw new Error(`There is no adapter ${carrierId}.`);
  return carrier;
}

/** An adapter's session with the sandbox, which is asked over a real socket. */
export async function setUp(
  carrierId: SandboxCarrierId,
  credentials: Readonly<Record<string, string>> = credentialsOf(carrierId),
) {
  const clock = manualClock();
  const world = createWorld({ clock });
  const sandbox = createSandboxCarriers({ world, clock });
  let token: string | null = null;
  const session: CarrierSession = {
    credentials,
    baseUrl: `${await serve(sandbox.router)}/${carrierId}`,
    requestId: randomUUID(),
    tokens: {
      get: async (fetchToken) => (token ??= (await fetchToken()).token),
      invalidate: async () => void (token = null),
    },
    http: {
      async request({ url, ...init }) {
        const answer = await fetch(url, init);
        return {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          body: new Uint8Array(await answer.arrayBuffer()),
        };
      },
    },
  };
  const postalCode = SAMPLES[carrierId]?.postalCode ?? null;
  const carrierHint = SAMPLES[carrierId]?.carrierHint ?? null;
  const track = (trackingNumber: string) =>
    adapter(carrierId).track(session, [{ trackingNumber, postalCode, carrierHint }]);
  return { clock, world, sandbox, session, track };
}
