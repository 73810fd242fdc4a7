import { createHash } from "node:crypto";

interface Fingerprinted {
  occurredAt: Date | null;
  localTime: string | null;
  code: string | null;
  description: string | null;
}

/**
 * What makes a scan the same scan: its instant (or local time), its code, its words without case and punctuation. Never
 * the place: carriers reformat it ("PARIS, FR" / "Paris, France"), and one scan would become two.
 */
export function fingerprintScan(event: Fingerprinted): string {
  const time = event.occurredAt ? event.occurredAt.toISOString() : (event.localTime ?? "");
  return hash(["scan", time, event.code ?? "", normaliseWords(event.description)]);
}

/** Fingerprint of a row that is no scan: the kind keeps it apart from scans with the same words. */
export function fingerprintOther(kind: "top" | "pieces" | "shopify" | "staff" | "system", parts: string[]): string {
  return hash([kind, ...parts]);
}

function normaliseWords(text: string | null): string {
  return (text ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** 160 bits are plenty within one parcel, and the key of the largest table stays short. */
function hash(parts: string[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64url").slice(0, 27);
}
