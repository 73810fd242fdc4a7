import type { Carrier } from "./carrier.ts";
import { aftership } from "./aftership/aftership.server.ts";
import { amazonShipping } from "./amazon-shipping/amazon-shipping.server.ts";
import { australiaPost } from "./australia-post/australia-post.server.ts";
import { canadaPost } from "./canada-post/canada-post.server.ts";
import { chronopost } from "./chronopost/chronopost.server.ts";
import { dhlParcelDe } from "./dhl-parcel-de/dhl-parcel-de.server.ts";
import { dhlUnified } from "./dhl-unified/dhl-unified.server.ts";
import { dpd } from "./dpd/dpd.server.ts";
import { easypost } from "./easypost/easypost.server.ts";
import { fedex } from "./fedex/fedex.server.ts";
import { gls } from "./gls/gls.server.ts";
import { hermesDe } from "./hermes-de/hermes-de.server.ts";
import { laPoste } from "./la-poste/la-poste.server.ts";
import { landmark } from "./landmark/landmark.server.ts";
import { mydhl } from "./mydhl/mydhl.server.ts";
import { ontrac } from "./ontrac/ontrac.server.ts";
import { postnl } from "./postnl/postnl.server.ts";
import { purolator } from "./purolator/purolator.server.ts";
import { royalMail } from "./royal-mail/royal-mail.server.ts";
import { seventeenTrack } from "./17track/17track.server.ts";
import { sfExpress } from "./sf-express/sf-express.server.ts";
import { ship24 } from "./ship24/ship24.server.ts";
import { shippo } from "./shippo/shippo.server.ts";
import { trackingmore } from "./trackingmore/trackingmore.server.ts";
import { ups } from "./ups/ups.server.ts";
import { usps } from "./usps/usps.server.ts";
import { yanwen } from "./yanwen/yanwen.server.ts";

/** Every carrier and aggregator that can be asked. A new one is its folder, its fixtures and a line here. */
export const CARRIERS: Readonly<Record<string, Carrier>> = {
  ups,
  fedex,
  easypost,
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

/** Ids of the services for many carriers. */
export const AGGREGATORS: readonly string[] = Object.values(CARRIERS)
  .filter(({ kind }) => kind === "aggregator")
  .map(({ id }) => id);

/** The adapter with this id, or null. */
export function carrierById(id: string): Carrier | null {
  return Object.hasOwn(CARRIERS, id) ? (CARRIERS[id] ?? null) : null;
}
