import type { Carrier } from "./carrier.ts";
import { dhlUnified } from "./dhl-unified/dhl-unified.server.ts";
import { amazonShipping } from "./amazon-shipping/amazon-shipping.server.ts";
import { chronopost } from "./chronopost/chronopost.server.ts";
import { dpd } from "./dpd/dpd.server.ts";
import { easypost } from "./easypost/easypost.server.ts";
import { fedex } from "./fedex/fedex.server.ts";
import { gls } from "./gls/gls.server.ts";
import { laPoste } from "./la-poste/la-poste.server.ts";
import { postnl } from "./postnl/postnl.server.ts";
import { ups } from "./ups/ups.server.ts";
import { usps } from "./usps/usps.server.ts";
import { mydhl } from "./mydhl/mydhl.server.ts";
import { dhlParcelDe } from "./dhl-parcel-de/dhl-parcel-de.server.ts";
import { royalMail } from "./royal-mail/royal-mail.server.ts";
import { hermesDe } from "./hermes-de/hermes-de.server.ts";

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
  "la-poste": laPoste,
  chronopost,
  dpd,
  gls,
  "amazon-shipping": amazonShipping,
  postnl,
};

/** The adapter with this id, or null. */
export function carrierById(id: string): Carrier | null {
  return Object.hasOwn(CARRIERS, id) ? (CARRIERS[id] ?? null) : null;
}
