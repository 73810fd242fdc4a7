import { XMLBuilder, XMLParser } from "fast-xml-parser";
import type { CarrierResponse, Credentials } from "#app/modules/carriers/carrier.ts";

export type Json = Record<string, unknown>;

/** What the contract test needs to know about one carrier. */
export interface CarrierSample {
  credentials: Credentials;
  /** Answers before the tracking answer itself (a token). */
  before: CarrierResponse[];
  /** All answers to a question about a number that an aggregator does not follow yet, where it takes more than one. */
  stranger?: CarrierResponse[];
  number: string;
  /** What must be in the tracking request: these headers at least; the body parsed when it is JSON, else as text. */
  request: { method: "GET" | "POST"; url: string; headers: Readonly<Record<string, string>>; body: unknown };
  /** Taking a body apart and putting it together again, so that a test may change what is inside. */
  parse: (text: string) => Json;
  print: (value: unknown) => string;
  delivered: string;
  /** The list of scans inside the parsed `delivered` answer; changing the list changes the value. */
  scans: (value: Json) => Json[];
  /** Gives one scan a code that nobody has published. */
  spoil: (scan: Json) => void;
  /** Gives one scan words of its own, so that it repeats no other. */
  label: (scan: Json, text: string) => void;
  /** Removes what the carrier says about the parcel as a whole, so that only the scans can speak. */
  dropTopLevel?: (value: Json) => void;
  error: { body: string; kind: string; retryable: boolean };
  newestFirst: boolean;
  /** Whether the instants can be known: the carrier states an offset. */
  zoned: boolean;
  /** The sandbox and the contract ask with this postal code where the carrier demands one. */
  postalCode?: string;
  /** The carrier behind, for an aggregator that has to be told it. */
  carrierHint?: string;
}

/** Walks into a parsed value; numbers index arrays. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

export const jsonBody = {
  parse: (text: string): Json => JSON.parse(text) as Json,
  print: (value: unknown): string => JSON.stringify(value),
};

const XML = { ignoreAttributes: false, attributeNamePrefix: "@", parseTagValue: false } as const;

/** Elements of these names are lists even when there is only one. */
export function xmlBody(...lists: string[]) {
  const parser = new XMLParser({ ...XML, isArray: (name) => lists.includes(name) });
  const builder = new XMLBuilder({ ...XML, suppressBooleanAttributes: false });
  return {
    parse: (text: string): Json => parser.parse(text) as Json,
    print: (value: unknown): string => builder.build(value) as string,
  };
}
