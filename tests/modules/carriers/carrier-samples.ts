import type { CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { answer } from "./carrier-doubles.ts";
import type { CarrierSample } from "./carrier-sample.ts";
import { dhlUnified } from "./samples/dhl-unified.ts";
import { amazonShipping } from "./samples/amazon-shipping.ts";
import { chronopost } from "./samples/chronopost.ts";
import { dpd } from "./samples/dpd.ts";
import { easypost } from "./samples/easypost.ts";
import { fedex } from "./samples/fedex.ts";
import { gls } from "./samples/gls.ts";
import { laPoste } from "./samples/la-poste.ts";
import { postnl } from "./samples/postnl.ts";
import { ups } from "./samples/ups.ts";
import { usps } from "./samples/usps.ts";
import { mydhl } from "./samples/mydhl.ts";
import { dhlParcelDe } from "./samples/dhl-parcel-de.ts";
import { royalMail } from "./samples/royal-mail.ts";
import { hermesDe } from "./samples/hermes-de.ts";

/** One for each member of the registry, under the same name. */
export const SAMPLES: Readonly<Record<string, CarrierSample>> = {
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

/** The answers that a whole `track` call of this carrier meets. */
export function trackAnswers(sample: CarrierSample): CarrierResponse[] {
  return [...sample.before, answer(sample.delivered)];
}
