import { amazonShipping } from "./amazon-shipping/amazon-shipping.server.ts";
import { australiaPost } from "./australia-post/australia-post.server.ts";
import { canadaPost } from "./canada-post/canada-post.server.ts";
import type { Carrier } from "./carrier.ts";
import { chronopost } from "./chronopost/chronopost.server.ts";
import { dpd } from "./dpd/dpd.server.ts";
import { easypost } from "./easypost/easypost.server.ts";
import { fedex } from "./fedex/fedex.server.ts";
import { gls } from "./gls/gls.server.ts";
import { laPoste } from "./la-poste/la-poste.server.ts";
import { landmark } from "./landmark/landmark.server.ts";
import { ontrac } from "./ontrac/ontrac.server.ts";
import { postnl } from "./postnl/postnl.server.ts";
import { purolator } from "./purolator/purolator.server.ts";
import { sfExpress } from "./sf-express/sf-express.server.ts";
import { ups } from "./ups/ups.server.ts";
import { yanwen } from "./yanwen/yanwen.server.ts";

/** Every carrier and aggregator that can be asked. A new one is its folder, its fixtures and a line here. */
export const CARRIERS: Readonly<Record<string, Carrier>> = {
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
  "la-poste": laPoste,
  chronopost,
  dpd,
  gls,
  "amazon-shipping": amazonShipping,
  postnl,
};

/** Ids of the services for many carriers. */
export const AGGREGATORS: readonly string[] = Object.values(CARRIERS)
  .filter(({ kind }) => kind === "aggregator")
  .map(({ id }) => id);

/** The adapter with this id, or null. */
export function carrierById(id: string): Carrier | null {
  return Object.hasOwn(CARRIERS, id) ? (CARRIERS[id] ?? null) : null;
}
