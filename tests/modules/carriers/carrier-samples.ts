import type { CarrierResponse } from "#app/modules/carriers/carrier.ts";
import { answer } from "./carrier-doubles.ts";
import type { CarrierSample } from "./carrier-sample.ts";
import { canadaPost } from "./samples/canada-post.ts";
import { easypost } from "./samples/easypost.ts";
import { fedex } from "./samples/fedex.ts";
import { ups } from "./samples/ups.ts";
import { landmark } from "./samples/landmark.ts";
import { australiaPost } from "./samples/australia-post.ts";
import { purolator } from "./samples/purolator.ts";
import { ontrac } from "./samples/ontrac.ts";
import { yanwen } from "./samples/yanwen.ts";
import { sfExpress } from "./samples/sf-express.ts";

/** One for each member of the registry, under the same name. */
export const SAMPLES: Readonly<Record<string, CarrierSample>> = {
  ups,
  fedex,
  easypost,
  "canada-post": canadaPost,
  landmark,
  "australia-post": australiaPost,
  purolator,
  ontrac,
  yanwen,
  "sf-express": sfExpress,
};

/** The answers that a whole `track` call of this carrier meets. */
export function trackAnswers(sample: CarrierSample): CarrierResponse[] {
  return [...sample.before, answer(sample.delivered)];
}
