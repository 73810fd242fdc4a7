import { Resend } from "resend";
import { readPaceHint } from "./dispatch/read-pace-hint.ts";
import { noteAnswer, type Paced, takeTurn } from "./dispatch/send-pace.server.ts";
import { withTimeout } from "./with-timeout.server.ts";

const TIMEOUT_MS = 15_000;
/** All requests are counted by the account alike, mails or not. */
const SHARED_LIMIT = "resend";
const MAX_WAIT_MS = 5_000;

/** Why there is no answer to use. `refused`: the provider says why. `no_answer`: none, or one that says to come again. */
export type ResendRefusal =
  | { kind: "exists" }
  | { kind: "not_found" }
  | { kind: "refused"; message: string }
  | { kind: "no_answer"; message: string };

interface Failure {
  name: string;
  message: string;
  statusCode: number | null;
}

type Answer<Data> = ({ data: Data; error: null } | { data: null; error: Failure }) & {
  headers: Record<string, string> | null;
};

/** One request through the SDK. */
export type ResendCall<Data> = (resend: Resend) => Promise<Answer<Data>>;
export type AskResend = <Data>(
  call: ResendCall<Data>,
) => Promise<{ data: Data; refusal?: never } | { data?: never; refusal: ResendRefusal }>;

export interface ResendOptions extends Paced {
  apiKey: string;
  baseUrl?: string;
}

/**
 * Requests with a key that may do more than send. Each waits for its place among those of all processes; where there is
 * none for the next seconds, the outcome is `no_answer`.
 */
export function createResendAsk(options: ResendOptions): AskResend {
  const resend = new Resend(options.apiKey, options.baseUrl ? { baseUrl: options.baseUrl } : undefined);
  return async (call) => {
    if (!(await takeTurn(options, SHARED_LIMIT, { maxWaitMs: MAX_WAIT_MS }))) return { refusal: noAnswer("no place") };
    const answer = await withTimeout(call(resend), TIMEOUT_MS);
    if (answer === "timeout") return { refusal: noAnswer("no answer in time") };
    if (answer.headers) {
      await noteAnswer(options, SHARED_LIMIT, { answered: true, pace: readPaceHint(answer.headers) });
    }
    return answer.error ? { refusal: readFailure(answer.error) } : { data: answer.data };
  };
}

const noAnswer = (message: string) => ({ kind: "no_answer", message }) as const;

/** Resend has no name of its own for a domain that is there already: its words tell. */
function readFailure({ name, message, statusCode }: Failure): ResendRefusal {
  if (name === "not_found" || statusCode === 404) return { kind: "not_found" };
  if (/already (been )?(registered|exists?)|registered already/i.test(message)) return { kind: "exists" };
  const said = message.slice(0, 300);
  const passing = statusCode === null || statusCode === 429 || statusCode >= 500;
  return passing ? noAnswer(said) : { kind: "refused", message: said };
}
