import type { Logger } from "#app/lib/logger.server.ts";

const SHOWN = 10;

/** Says which details of a message were left out and why: paths and reasons, never values. */
export function reportProblems(
  log: Logger,
  about: { shopId: string; topic: string },
  problems: readonly string[],
): void {
  if (problems.length === 0) return;
  const { shopId, topic } = about;
  log.warn({ shopId, topic, count: problems.length, problems: problems.slice(0, SHOWN) }, "fields left out");
}
