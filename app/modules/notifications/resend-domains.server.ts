import type { AskResend, ResendCall, ResendRefusal } from "./ask-resend.server.ts";
import type { DomainOutcome, DomainProvider, ProviderDomain } from "./domain-provider.ts";
import { readRecords, readState } from "./domains/sender-domain.ts";

const PAGE = 100;
/** An account with more domains than this would need a search of the provider's own. */
const MAX_PAGES = 50;

interface Found {
  id: string;
  name: string;
  status: string;
  records?: unknown;
}

/** Sender domains at Resend. */
export function createResendDomains(ask: AskResend): DomainProvider {
  const domain = async (call: ResendCall<Found>): Promise<DomainOutcome> => {
    const { data, refusal } = await ask(call);
    return refusal ?? { kind: "ok", domain: toDomain(data) };
  };
  const done = async (call: ResendCall<object>): Promise<{ kind: "ok" } | ResendRefusal> =>
    (await ask(call)).refusal ?? { kind: "ok" };
  return {
    create: (name, region) => domain(({ domains }) => domains.create({ name, region })),
    read: (id) => domain(({ domains }) => domains.get(id)),
    verify: (id) => done(({ domains }) => domains.verify(id)),
    remove: (id) => done(({ domains }) => domains.remove(id)),
    async find(name) {
      for (let page = 0, after = ""; page < MAX_PAGES; page += 1) {
        const { data, refusal } = await ask(({ domains }) =>
          domains.list({ limit: PAGE, ...(after ? { after } : {}) }),
        );
        if (refusal) return refusal;
        const found = data.data.find((one) => one.name === name);
        if (found) return domain(({ domains }) => domains.get(found.id));
        after = data.data.at(-1)?.id ?? "";
        if (!data.has_more || !after) break;
      }
      return { kind: "not_found" };
    },
  };
}

function toDomain({ id, name, status, records }: Found): ProviderDomain {
  return { providerId: id, name, state: readState(status), records: readRecords(records ?? []) };
}
