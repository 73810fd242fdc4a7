import type { CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { answer } from "./carrier-doubles.ts";
import type { CarrierSample } from "./carrier-sample.ts";
import { aftership } from "./samples/aftership.ts";
import { amazonShipping } from "./samples/amazon-shipping.ts";
import { australiaPost } from "./samples/australia-post.ts";
import { canadaPost } from "./samples/canada-post.ts";
import { chronopost } from "./samples/chronopost.ts";
import { dhlParcelDe } from "./samples/dhl-parcel-de.ts";
import { dhlUnified } from "./samples/dhl-unified.ts";
import { dpd } from "./samples/dpd.ts";
import { easypost } from "./samples/easypost.ts";
import { fedex } from "./samples/fedex.ts";
import { gls } from "./samples/gls.ts";
import { hermesDe } from "./samples/hermes-de.ts";
import { laPoste } from "./samples/la-poste.ts";
import { landmark } from "./samples/landmark.ts";
import { mydhl } from "./samples/mydhl.ts";
import { ontrac } from "./samples/ontrac.ts";
import { postnl } from "./samples/postnl.ts";
import { purolator } from "./samples/purolator.ts";
import { royalMail } from "./samples/royal-mail.ts";
import { seventeenTrack } from "./samples/17track.ts";
import { sfExpress } from "./samples/sf-express.ts";
import { ship24 } from "./samples/ship24.ts";
import { shippo } from "./samples/shippo.ts";
import { trackingmore } from "./samples/trackingmore.ts";
import { ups } from "./samples/ups.ts";
import { usps } from "./samples/usps.ts";
import { yanwen } from "./samples/yanwen.ts";

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

/** The answers that a whole `track` call of this carrier meets. */
export function trackAnswers(sample: CarrierSample): CarrierResponse[] {
  return [...sample.before, answer(sample.delivered)];
}
