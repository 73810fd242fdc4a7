import type { DispatchReport, MailDispatchDeps } from "./dispatch/dispatch-deps.ts";
import { emptyReport } from "./dispatch/dispatch-deps.ts";
import { releaseAbandoned } from "./dispatch/claim-messages.server.ts";
import { repeatMails } from "./dispatch/repeat-mails.server.ts";
import { sendFreshMails } from "./dispatch/send-fresh-mails.server.ts";
import { readPace } from "./dispatch/send-pace.server.ts";

/**
 * One run of sending: takes up what was not answered, then what is due, shop by shop in turn, a request at a time and
 * under the provider's limit, until nothing is left or the run's time is over. Any number of runs in any number of
 * processes may go on at once; killed at any point, nothing is lost and nothing is sent twice.
 */
export async function dispatchMails(deps: MailDispatchDeps): Promise<DispatchReport> {
  const report = emptyReport();
  const until = deps.timer.elapsed() + deps.limits.runMs;
  await releaseAbandoned(deps, "email");
  const work = async (lane: number) => {
    while (deps.timer.elapsed() < until && (await step(deps, report, lane)));
  };
  if (await step(deps, report, 0)) {
    await Promise.all(Array.from({ length: deps.limits.lanes }, (_, lane) => work(lane)));
  }
  return report;
}

/** One request. @returns false when there is nothing to do, or nothing can be done now. */
async function step(deps: MailDispatchDeps, report: DispatchReport, lane: number): Promise<boolean> {
  const pace = await readPace(deps, deps.mail.provider);
  if (pace.waitMs > deps.limits.maxWaitMs) return false;
  // While it is dark over there, one call at a time asks whether somebody is back; what is not tried can still be recalled.
  if (pace.dark && lane > 0) return false;
  if (await repeatMails(deps, report)) return true;
  return sendFreshMails(deps, report, pace.dark ? 1 : deps.mail.maxMails);
}
