import { SANDBOX_CREDENTIALS } from "./credentials.ts";
import type { SandboxCarrier } from "./sandbox-carrier.ts";
import { aftership } from "./aftership.ts";
import { amazonShipping } from "./amazon-shipping.ts";
import { australiaPost } from "./australia-post.ts";
import { canadaPost } from "./canada-post.ts";
import { chronopost } from "./chronopost.ts";
import { dhlParcelDe } from "./dhl-parcel-de.ts";
import { dhlUnified } from "./dhl-unified.ts";
import { dpd } from "./dpd.ts";
import { gls } from "./gls.ts";
import { hermesDe } from "./hermes-de.ts";
import { laPoste } from "./la-poste.ts";
import { landmark } from "./landmark.ts";
import { mydhl } from "./mydhl.ts";
import { ontrac } from "./ontrac.ts";
import { postnl } from "./postnl.ts";
import { purolator } from "./purolator.ts";
import { royalMail } from "./royal-mail.ts";
import { seventeenTrack } from "./17track.ts";
import { sfExpress } from "./sf-express.ts";
import { ship24 } from "./ship24.ts";
import { shippo } from "./shippo.ts";
import { trackingmore } from "./trackingmore.ts";
import { usps } from "./usps.ts";
import { yanwen } from "./yanwen.ts";

/** The carriers and aggregators that need nothing but their own server; UPS, FedEx and EasyPost have more to tell. */
export const MORE_CARRIERS: Readonly<Record<string, SandboxCarrier>> = {
  usps,
  "dhl-unified": dhlUnified,
  mydhl,
  "dhl-parcel-de": dhlParcelDe,
  "royal-mail": royalMail,
  "hermes-de": hermesDe,
  "canada-post": canadaPost,
  "australia-post": australiaPost,
  purolator,
  ontrac,
  landmark,
  "la-poste": laPoste,
  chronopost,
  postnl,
  gls,
  dpd,
  "amazon-shipping": amazonShipping,
  yanwen,
  "sf-express": sfExpress,
  aftership,
  "17track": seventeenTrack,
  ship24,
  shippo,
  trackingmore,
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
