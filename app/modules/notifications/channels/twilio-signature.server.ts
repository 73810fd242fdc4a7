import { createHmac } from "node:crypto";
import { equalBytes } from "#app/lib/crypto.server.ts";

export interface SignedForm {
  /** The public address that Twilio called, query included: from the configuration, never from `Host`. */
  url: string;
  fields: URLSearchParams;
  /** `X-Twilio-Signature`, as it came. */
  signature: string;
}

/** Base64 of 20 bytes, and nothing that only decodes to them. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

/**
 * True when the form is Twilio's: base64 of HMAC-SHA1 over the address and every field's name and value, sorted by name.
 * Twilio signs an address with or without its port, so both are tried. There is no timestamp: whoever handles the form
 * does it once for each message and status. Source: Twilio docs, "Webhooks security"; equal to `validateRequest` of its SDK.
 */
export function isSignedByTwilio(authToken: string, { url, fields, signature }: SignedForm): boolean {
  if (!SIGNATURE.test(signature)) return false;
  const claimed = Buffer.from(signature, "base64");
  const form = joinFields(fields);
  return addressesOf(url).some((address) =>
    equalBytes(
      claimed,
      createHmac("sha1", authToken)
        .update(address + form, "utf8")
        .digest(),
    ),
  );
}

/** A field that comes several times counts with each of its different values, sorted. */
function joinFields(fields: URLSearchParams): string {
  const names = [...new Set(fields.keys())].sort();
  return names
    .map((name) => {
      const values = fields.getAll(name);
      return (values.length > 1 ? [...new Set(values)].sort() : values).map((value) => name + value).join("");
    })
    .join("");
}

function addressesOf(url: string): string[] {
  const match = /^(https?:\/\/)([^/?#]*?)(:\d+)?([/?#].*)?$/i.exec(url);
  if (!match) return [];
  const [, scheme = "", host = "", port, rest = ""] = match;
  const standard = scheme.toLowerCase() === "https://" ? ":443" : ":80";
  return [scheme + host + rest, scheme + host + (port ?? standard) + rest];
}
