import { releaseAbandoned } from "./dispatch/claim-messages.server.ts";
import { type DispatchReport, emptyReport, type TextDispatchDeps } from "./dispatch/dispatch-deps.ts";
import { lookUpText } from "./dispatch/look-up-texts.server.ts";
import { sendFreshTexts, type TextChannel } from "./dispatch/send-fresh-texts.server.ts";

/**
 * One run of sending texts on one channel: looks up what was not answered, then sends what is due, a few messages of each
 * shop in turn, under the limit of the shop's own account. No text is ever repeated blindly.
 */
export async function dispatchTexts(deps: TextDispatchDeps, channel: TextChannel): Promise<DispatchReport> {
  const report = emptyReport();
  const until = deps.timer.elapsed() + deps.limits.runMs;
  await releaseAbandoned(deps, channel);
  const step = async () => (await lookUpText(deps, channel, report)) || (await sendFreshTexts(deps, channel, report));
  const work = async () => {
    while (deps.timer.elapsed() < until && (await step()));
  };
  if (await step()) await Promise.all(Array.from({ length: deps.limits.lanes }, work));
  return report;
}
