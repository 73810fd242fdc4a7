import type { CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { answer } from "./carrier-doubles.ts";
import type { CarrierSample } from "./carrier-sample.ts";
import { seventeenTrack } from "./samples/17track.ts";
import { aftership } from "./samples/aftership.ts";
import { easypost } from "./samples/easypost.ts";
import { fedex } from "./samples/fedex.ts";
import { ship24 } from "./samples/ship24.ts";
import { shippo } from "./samples/shippo.ts";
import { trackingmore } from "./samples/trackingmore.ts";
import { ups } from "./samples/ups.ts";

/** One for each member of the registry, under the same name. */
export const SAMPLES: Readonly<Record<string, CarrierSample>> = {
  ups,
  fedex,
  easypost,
  "17track": seventeenTrack,
  aftership,
  ship24,
  shippo,
  trackingmore,
};

/** The answers that a whole `track` call of this carrier meets. */
export function trackAnswers(sample: CarrierSample): CarrierResponse[] {
  return [...sample.before, answer(sample.delivered)];
}
