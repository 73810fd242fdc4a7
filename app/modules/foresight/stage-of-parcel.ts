import type { Stage } from "./parcel-facts.ts";

const BY_SUB_STATUS: Readonly<Record<string, Stage>> = {
  arrived_in_destination_country: "customs",
  customs: "customs",
  customs_hold: "customs",
  customs_cleared: "moving",
  accepted: "accepted",
  picked_up: "accepted",
};

/**
 * The stage of a parcel from its status words (`unknown` … `expired`) and whether its last scan was in the destination's
 * own area; null when its way has ended and there is nothing left to wait for.
 */
export function stageOfParcel({
  status,
  subStatus,
  atDestinationHub,
}: {
  status: string;
  subStatus: string | null;
  atDestinationHub: boolean;
}): Stage | null {
  switch (status) {
    case "unknown":
    case "pre_transit":
      return "label";
    case "in_transit": {
      const stage = BY_SUB_STATUS[subStatus ?? ""] ?? "moving";
      return stage === "moving" && atDestinationHub ? "destination_hub" : stage;
    }
    case "out_for_delivery":
      return "out_for_delivery";
    case "delivery_attempted":
    case "exception":
      return "exception";
    default:
      return null;
  }
}
