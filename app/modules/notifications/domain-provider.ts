import type { DnsRecord, DomainState, Region } from "./domains/sender-domain.ts";

/** A domain as the provider knows it. */
export interface ProviderDomain {
  providerId: string;
  name: string;
  state: DomainState;
  records: DnsRecord[];
}

export type DomainOutcome =
  | { kind: "ok"; domain: ProviderDomain }
  /** The account has a domain of this name already. */
  | { kind: "exists" }
  | { kind: "not_found" }
  /** The provider refuses, and says why. */
  | { kind: "refused"; message: string }
  /** No answer, or one that says to come again. */
  | { kind: "no_answer"; message: string };

/** Where merchants' sender domains are kept. */
export interface DomainProvider {
  create(name: string, region: Region): Promise<DomainOutcome>;
  find(name: string): Promise<DomainOutcome>;
  read(providerId: string): Promise<DomainOutcome>;
  /** Has the provider look at the DNS; the outcome shows later. */
  verify(providerId: string): Promise<{ kind: "ok" } | Exclude<DomainOutcome, { kind: "ok" }>>;
  remove(providerId: string): Promise<{ kind: "ok" } | Exclude<DomainOutcome, { kind: "ok" }>>;
}
