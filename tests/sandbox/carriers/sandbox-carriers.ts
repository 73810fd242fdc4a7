import { amazonShipping } from "./amazon-shipping.ts";
import { australiaPost } from "./australia-post.ts";
import { canadaPost } from "./canada-post.ts";
import { chronopost } from "./chronopost.ts";
import { SANDBOX_CREDENTIALS } from "./credentials.ts";
import { dpd } from "./dpd.ts";
import { gls } from "./gls.ts";
import { laPoste } from "./la-poste.ts";
import { landmark } from "./landmark.ts";
import { ontrac } from "./ontrac.ts";
import { postnl } from "./postnl.ts";
import { purolator } from "./purolator.ts";
import type { SandboxCarrier } from "./sandbox-carrier.ts";
import { sfExpress } from "./sf-express.ts";
import { yanwen } from "./yanwen.ts";

/** The carriers and aggregators that need nothing but their own server; UPS, FedEx and EasyPost have more to tell. */
export const MORE_CARRIERS: Readonly<Record<string, SandboxCarrier>> = {
  "canada-post": canadaPost,
  landmark,
  "australia-post": australiaPost,
  purolator,
  ontrac,
  yanwen,
  "sf-express": sfExpress,
  "la-poste": laPoste,
  chronopost,
  dpd,
  gls,
  "amazon-shipping": amazonShipping,
  postnl,
};

/** The carriers whose servers the sandbox plays. */
export const SANDBOX_CARRIERS: readonly string[] = [...Object.keys(SANDBOX_CREDENTIALS), ...Object.keys(MORE_CARRIERS)];

/** The account that opens this carrier's server. */
export function credentialsOf(carrierId: string): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = SANDBOX_CREDENTIALS;
  const credentials = known[carrierId] ?? MORE_CARRIERS[carrierId]?.credentials;
  if (!credentials) throw new Error(`The sandbox plays no carrier ${carrierId}.`);
  return credentials;
}

export function isSandboxCarrier(value: unknown): value is string {
  return SANDBOX_CARRIERS.some((carrierId) => carrierId === value);
}
