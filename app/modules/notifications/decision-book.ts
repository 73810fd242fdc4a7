import type { Channel } from "./channels/channel.ts";
import type { KindDefinition } from "./kinds/kind.ts";
import type { MessageRules } from "./message-rules.ts";

/** Where a recipient is, as far as hours of the day depend on it. */
export interface RecipientPlace {
  countryCode: string | null;
  provinceCode: string | null;
  postalCode: string | null;
  phoneCountry: string | null;
  shopZone: string | null;
}

/** The first instant at or after `at` at which a message may go out there. */
export type AllowedFrom = (channel: Channel, at: Date, place: RecipientPlace, hours: MessageRules["hours"]) => Date;

/** What the decisions are made by, besides the situation: the kinds, in the order of their importance, and the hours. */
export interface DecisionBook {
  kinds: readonly KindDefinition[];
  allowedFrom: AllowedFrom;
}
