import { Resend } from "resend";
import { readPaceHint } from "./dispatch/read-pace-hint.ts";
import { noteAnswer, type Paced, takeTurn } from "./dispatch/send-pace.server.ts";
import type { DomainOutcome, DomainProvider, ProviderDomain } from "./domain-provider.ts";
import { readRecords, readState } from "./domains/sender-domain.ts";
import { withTimeout } from "./with-timeout.server.ts";

const TIMEOUT_MS = 15_000;
const PAGE = 100;
/** Requests for domains and mails are counted by the account alike. */
const SHARED_LIMIT = "resend";
const MAX_WAIT_MS = 5_000;
/** An account with more domains than this would need a search of the provider's own. */
const MAX_PAGES = 50;

type Refusal = Exclude<DomainOutcome, { kind: "ok" }>;

interface Failure {
  name: string;
  message: string;
  statusCode: number | null;
}

interface Found {
  id: string;
  name: string;
  status: string;
  records?: unknown;
}

type Answer<Data> = ({ data: Data; error: null } | { data: null; error: Failure }) & {
  headers: Record<string, string> | null;
};

interface ResendDomainsOptions extends Paced {
  apiKey: string;
  baseUrl?: string;
}

/**
 * Sender domains through Resend's SDK, with a key that may do more than send. Each request waits for its place among those
 * of all processes; where there is none for the next seconds, the outcome is `no_answer`.
 */
export function createResendDomains(options: ResendDomainsOptions): DomainProvider {
  const resend = new Resend(options.apiKey, options.baseUrl ? { baseUrl: options.baseUrl } : undefined);
  const ask = async <Data>(call: () => Promise<Answer<Data>>) => {
    if (!(await takeTurn(options, SHARED_LIMIT, { maxWaitMs: MAX_WAIT_MS }))) return { refusal: noAnswer("no place") };
    const answer = await withTimeout(call(), TIMEOUT_MS);
    if (answer === "timeout") return { refusal: noAnswer("no answer in time") };
    if (answer.headers) {
      await noteAnswer(options, SHARED_LIMIT, { answered: true, pace: readPaceHint(answer.headers) });
    }
    return answer.error ? { refusal: readFailure(answer.error) } : { data: answer.data };
  };
  const domain = async (call: Parameters<typeof ask<Found>>[0]): Promise<DomainOutcome> => {
    const { data, refusal } = await ask(call);
    return data ? { kind: "ok", domain: toDomain(data) } : refusal;
  };
  const done = async (call: Parameters<typeof ask<object>>[0]): Promise<{ kind: "ok" } | Refusal> =>
    (await ask(call)).refusal ?? { kind: "ok" };
  const { domains } = resend;
  return {
    create: (name, region) => domain(() => domains.create({ name, region })),
    read: (id) => domain(() => domains.get(id)),
    verify: (id) => done(() => domains.verify(id)),
    remove: (id) => done(() => domains.remove(id)),
    async find(name) {
      for (let page = 0, after = ""; page < MAX_PAGES; page += 1) {
        const { data, refusal } = await ask(() => domains.list({ limit: PAGE, ...(after ? { after } : {}) }));
        if (!data) return refusal;
        const found = data.data.find((one) => one.name === name);
        if (found) return domain(() => domains.get(found.id));
        after = data.data.at(-1)?.id ?? "";
        if (!data.has_more || !after) break;
      }
      return { kind: "not_found" };
    },
  };
}

const noAnswer = (message: string) => ({ kind: "no_answer", message }) as const;

function toDomain({ id, name, status, records }: Found): ProviderDomain {
  return { providerId: id, name, state: readState(status), records: readRecords(records ?? []) };
}

/** Resend has no name of its own for a domain that is there already: its words tell. */
function readFailure({ name, message, statusCode }: Failure): Refusal {
  if (name === "not_found" || statusCode === 404) return { kind: "not_found" };
  if (/already (been )?(registered|exists?)|registered already/i.test(message)) return { kind: "exists" };
  const said = message.slice(0, 300);
  const passing = statusCode === null || statusCode === 429 || statusCode >= 500;
  return passing ? noAnswer(said) : { kind: "refused", message: said };
}
