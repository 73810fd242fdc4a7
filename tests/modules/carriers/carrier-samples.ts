import type { CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { answer } from "./carrier-doubles.ts";
import type { CarrierSample } from "./carrier-sample.ts";
import { easypost } from "./samples/easypost.ts";
import { fedex } from "./samples/fedex.ts";
import { ups } from "./samples/ups.ts";

/** One for each member of the registry, under the same name. */
export const SAMPLES: Readonly<Record<string, CarrierSample>> = {
  ups,
  fedex,
  easypost,
};

/** The answers that a whole `track` call of this carrier meets. */
export function trackAnswers(sample: CarrierSample): CarrierResponse[] {
  return [...sample.before, answer(sample.delivered)];
}
