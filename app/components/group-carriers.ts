/** A carrier or service that can be connected. */
export interface OfferedCarrier {
  id: string;
  name: string;
  kind: "carrier" | "aggregator";
  region: string;
  /** How many of the shop's recent parcels ship with it. */
  share: number;
  /** Accounts that the shop has with it. */
  connected: number;
}

interface CarrierGroup {
  /** "recommended", "aggregator", or a region. */
  name: string;
  members: OfferedCarrier[];
}

const ORDER = ["recommended", "aggregator", "worldwide", "north_america", "europe", "asia_pacific"];

/**
 * Carriers that the shop's parcels ship with and that are not connected yet come first, the most used one at the top. A
 * search looks at names and ids and keeps the groups.
 */
export function groupCarriers(carriers: readonly OfferedCarrier[], search: string): CarrierGroup[] {
  const wanted = plain(search);
  const groups = new Map<string, OfferedCarrier[]>();
  for (const carrier of carriers) {
    if (wanted !== "" && !plain(carrier.name).includes(wanted) && !plain(carrier.id).includes(wanted)) continue;
    const group = groupOf(carrier);
    groups.set(group, [...(groups.get(group) ?? []), carrier]);
  }
  return [...groups]
    .map(([name, members]) => ({ name, members: members.sort(name === "recommended" ? byShare : byName) }))
    .sort((a, b) => place(a.name) - place(b.name));
}

function groupOf({ kind, region, share, connected }: OfferedCarrier): string {
  if (kind === "aggregator") return "aggregator";
  return share > 0 && connected === 0 ? "recommended" : region;
}

function place(name: string): number {
  const index = ORDER.indexOf(name);
  return index === -1 ? ORDER.length : index;
}

function byShare(a: OfferedCarrier, b: OfferedCarrier): number {
  return b.share - a.share || byName(a, b);
}

function byName(a: OfferedCarrier, b: OfferedCarrier): number {
  return a.name.localeCompare(b.name, "en");
}

/** "DHL Paket" is found by "dhlpaket" and "Correos Éxpress" by "express". */
function plain(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}
