import type { CarrierError, CredentialCause } from "./carrier.ts";

/**
 * Words by which carriers say what is wrong with an account, the narrower ones first: an answer about an address or a plan
 * often speaks of the key, too. Only for errors about access; anything else has no such cause.
 */
const WORDS: readonly (readonly [cause: CredentialCause, pattern: RegExp])[] = [
  ["ip", /\bip(?:[- ]?(?:v4|v6))?[- ]?address|\bwhite-?list|\ballow-?list|\bip (?:is )?(?:not|blocked|restrict)/i],
  ["plan", /\b(?:plan|subscription|subscribed|payment|billing|upgrade|trial|quota|credits?)\b/i],
  [
    "scope",
    /\bscopes?\b|\bpermissions?\b|\bnot (?:entitled|permitted|granted)|\binsufficient|\bnot authori[sz]ed to (?:access|use)/i,
  ],
  ["account", /\b(?:account|customer|contract|shipper|merchant)[ -]?(?:number|id|no\b)/i],
  ["key", /\b(?:api[- ]?key|client[_ -]?(?:id|secret)|secret|password|credentials?|user(?:name)?|token|login)\b/i],
];

const ABOUT_ACCESS: readonly CarrierError["kind"][] = ["auth", "invalid_request"];

/** The error with its cause: the adapter's own where it knows, else what the carrier's words give away, else none. */
export function withCause(error: CarrierError): CarrierError {
  if (error.cause || !ABOUT_ACCESS.includes(error.kind)) return error;
  const found = WORDS.find(([, pattern]) => pattern.test(error.message));
  return found ? { ...error, cause: found[0] } : error;
}
