import type { KindDefinition } from "./kind.ts";

type Required = "key" | "group" | "urgency" | "triggersIn" | "texts";

const USUAL: Omit<KindDefinition, Required> = {
  onByDefault: false,
  urgent: false,
  dormant: false,
  marketing: false,
  uselessAfterHours: null,
  onlyOnItsDay: false,
  shopifyMail: null,
  threshold: null,
  exemptFrom: [],
  looksAgainAt: () => null,
  heldBackBy: () => null,
  isStillTrue: () => true,
};

/** A kind of message, of which only what is special has to be said. */
export function defineKind(kind: Pick<KindDefinition, Required> & Partial<KindDefinition>): KindDefinition {
  return { ...USUAL, ...kind };
}
