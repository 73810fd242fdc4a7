import { z } from "zod";

/** Where Resend sends from; chosen once, fixed for good. Source: Resend's API, SDK 6.38. */
export const REGIONS = ["us-east-1", "eu-west-1", "sa-east-1", "ap-northeast-1"] as const;
export type Region = (typeof REGIONS)[number];

export const DOMAIN_STATES = [
  "not_started",
  "pending",
  "verified",
  "failed",
  "partially_verified",
  "partially_failed",
] as const;
export type DomainState = (typeof DOMAIN_STATES)[number];

/** One DNS record that the merchant has to set. */
export const dnsRecord = z.object({
  /** SPF | DKIM | Receiving | Tracking | TrackingCAA */
  record: z.string(),
  name: z.string(),
  type: z.string(),
  value: z.string(),
  ttl: z.string().nullish(),
  priority: z.number().nullish(),
  status: z.string().nullish(),
});
export type DnsRecord = z.infer<typeof dnsRecord>;

const dnsRecords = z.array(dnsRecord).max(30);

/** Stored records; what cannot be read is left out rather than shown wrong. */
export function readRecords(stored: unknown): DnsRecord[] {
  return dnsRecords.safeParse(stored).data ?? [];
}

/** A word that we do not know is no verified domain. */
export function readState(status: string): DomainState {
  return DOMAIN_STATES.find((state) => state === status) ?? "pending";
}

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
/** Whoever may take an address there proves nothing about the domain, and DNS of theirs cannot be set. */
const PUBLIC = new Set(
  (
    "gmail.com googlemail.com outlook.com hotmail.com live.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net web.de " +
    "proton.me protonmail.com t-online.de mail.com myshopify.com shopify.com resend.dev"
  ).split(" "),
);

/**
 * The domain a merchant typed: an address, a link and upper case are understood. @returns null when it is none that mail
 * could be sent from: no dot, an IP address, or a mail provider's own.
 */
export function readDomainName(typed: string): string | null {
  const name = asciiName(typed.trim().replace(/^.*@/, ""));
  const labels = name?.split(".") ?? [];
  const last = labels.at(-1) ?? "";
  if (!name || labels.length < 2 || name.length > 253 || !labels.every((label) => LABEL.test(label))) return null;
  if (/^\d+$/.test(last)) return null;
  return [...PUBLIC].some((free) => name === free || name.endsWith(`.${free}`)) ? null : name;
}

/** Letters of other alphabets become what DNS knows (`xn--…`), so that two that look alike are not the same. */
function asciiName(typed: string): string | null {
  try {
    const { hostname } = new URL(/^[a-z]+:\/\//i.test(typed) ? typed : `https://${typed}`);
    return hostname.replace(/\.$/, "");
  } catch {
    return null;
  }
}

/** The part of an address behind the @, in lower case. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf("@") + 1).toLowerCase();
}
