import { createHash } from "node:crypto";

import type { Clock } from "#app/lib/clock.ts";

export type DomainStatus = "not_started" | "pending" | "verified" | "failed" | "partially_verified";

export interface DomainRecord {
  record: "SPF" | "DKIM";
  name: string;
  type: "MX" | "TXT";
  ttl: string;
  status: "not_started" | "pending" | "verified" | "failed";
  value: string;
  priority?: number;
}

export interface SenderDomain {
  id: string;
  name: string;
  status: DomainStatus;
  region: string;
  createdAt: string;
  records: DomainRecord[];
  openTracking: boolean;
  clickTracking: boolean;
  /** The records stand at the domain's DNS provider. */
  recordsSet: boolean;
  /** When the look that is under way shows; null while none is. */
  dueAt: number | null;
}

export interface SenderDomains {
  all(): SenderDomain[];
  find(id: string): SenderDomain | null;
  /** Null when the account has a domain of the name. */
  add(name: string, region: string): SenderDomain | null;
  remove(id: string): boolean;
  /** A look at the DNS begins. */
  look(domain: SenderDomain): void;
  /** Ends the looks that are due. @returns the domains whose state has changed. */
  settle(): SenderDomain[];
  /** Sets the records at the domain's DNS provider, as its owner would: the next look finds them. */
  setRecords(name: string): boolean;
  /** Takes a verified domain away again, as when its records were removed or another account claimed it. */
  lose(name: string): boolean;
  restore(saved: readonly SenderDomain[]): void;
}

/** A look takes so long. */
const LOOK_MS = 1_500;

const idOf = (name: string) =>
  createHash("sha256")
    .update(name)
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

/** What Resend asks for: the return path's MX and SPF, and a DKIM key. Names leave out the registrable domain. */
function recordsOf(name: string, region: string): DomainRecord[] {
  const below = name.split(".").slice(0, -2).join(".");
  const host = (label: string) => (below ? `${label}.${below}` : label);
  const key = createHash("sha512").update(name).digest("base64").replace(/=+$/, "");
  const base = { ttl: "Auto", status: "not_started" } as const;
  return [
    {
      ...base,
      ...{ record: "SPF", name: host("send"), type: "MX", priority: 10 },
      value: `feedback-smtp.${region}.amazonses.com`,
    },
    { ...base, record: "SPF", name: host("send"), type: "TXT", value: "v=spf1 include:amazonses.com ~all" },
    { ...base, record: "DKIM", name: host("resend._domainkey"), type: "TXT", value: `p=MIGfMA0GCSqGSIb3DQEB${key}` },
  ];
}

function settle(domain: SenderDomain): void {
  domain.dueAt = null;
  if (domain.status === "failed") return;
  const status = domain.recordsSet ? "verified" : "pending";
  domain.status = status;
  for (const record of domain.records) record.status = status;
}

/** The domains of the account. Those it starts with are verified, and shared by everybody in the sandbox. */
export function createSenderDomains(clock: Clock, names: readonly string[]): SenderDomains {
  const domains = new Map<string, SenderDomain>();
  const put = (name: string, region: string, status: DomainStatus): SenderDomain => {
    const records = recordsOf(name, region).map((record) =>
      status === "verified" ? { ...record, status: "verified" as const } : record,
    );
    const rest = { region, status, records, openTracking: false, clickTracking: false, dueAt: null };
    const recordsSet = status === "verified";
    const domain = { id: idOf(name), name, createdAt: clock.now().toISOString(), recordsSet, ...rest };
    domains.set(domain.id, domain);
    return domain;
  };
  for (const name of names) put(name, "us-east-1", "verified");
  return {
    all: () => [...domains.values()],
    find: (id) => domains.get(id) ?? null,
    add: (name, region) => (domains.has(idOf(name)) ? null : put(name, region, "not_started")),
    remove: (id) => domains.delete(id),
    look(domain) {
      if (domain.status === "verified") return;
      domain.status = "pending";
      domain.dueAt = clock.now().getTime() + LOOK_MS;
    },
    settle() {
      const now = clock.now().getTime();
      const due = [...domains.values()].filter(({ dueAt }) => dueAt !== null && dueAt <= now);
      due.forEach(settle);
      return due;
    },
    setRecords(name) {
      const domain = domains.get(idOf(name));
      if (domain) domain.recordsSet = true;
      return domain !== undefined;
    },
    lose(name) {
      const domain = domains.get(idOf(name));
      if (!domain) return false;
      Object.assign(domain, { status: "failed", recordsSet: false, dueAt: clock.now().getTime() });
      for (const record of domain.records) record.status = "failed";
      return true;
    },
    restore(saved) {
      for (const domain of saved) domains.set(domain.id, domain);
    },
  };
}
