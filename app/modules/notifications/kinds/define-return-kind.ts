import { defineKind } from "./define-kind.ts";
import type { KindDefinition } from "./kind.ts";

type Own = "key" | "urgency" | "texts";

/**
 * A kind about a return. No scan and no date of the outbound parcels calls for one: the module of the returns hands its
 * events in. Until it does, the kind is dormant: its texts can be written, and it can neither fire nor be switched.
 * What ends the outbound parcel (its delivery, its way back, a cancelled rest of the order) does not silence it.
 */
export function defineReturnKind(kind: Pick<KindDefinition, Own> & Partial<KindDefinition>): KindDefinition {
  return defineKind({
    group: "returns",
    dormant: true,
    exemptFrom: ["order_cancelled", "parcel_inactive", "returned_to_sender", "first_seen_delivered"],
    triggersIn: () => [],
    ...kind,
  });
}
