import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { AppError } from "./errors.ts";

/** The address may not be called: not https, a private network, or an unusual port. */
export class ForbiddenAddressError extends AppError {
  readonly code = "forbidden_address";
  readonly retryable = false;
  override readonly publicMessage = "This address cannot be used.";
}

/**
 * Refuses what a merchant may not make us call. Names are checked again at connect time, on every address they resolve to.
 * @throws ForbiddenAddressError with the same words for every reason.
 */
export function assertPublicUrl(url: URL): void {
  const port = url.port === "" ? "443" : url.port;
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const forbidden =
    url.protocol !== "https:" ||
    !["443", "8443"].includes(port) ||
    url.username !== "" ||
    url.password !== "" ||
    (ipaddr.isValid(host) && !isPublicAddress(host));
  if (forbidden) throw new ForbiddenAddressError("This address cannot be used.");
}

function isPublicAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === "unicast";
}

/** Resolves a name and refuses it when any of its addresses is not public; the checked address is the one connected to. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const first = addresses[0];
    if (!first || addresses.some(({ address }) => !isPublicAddress(address))) {
      return callback(new ForbiddenAddressError("This address cannot be used."), "", 0);
    }
    if (options.all) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};
