import type { LinkedMessage, LinkMaker, LinkRow } from "../links/link-maker.ts";
import type { NamedTarget } from "./mail-links.ts";

/** One link for each target, by the name under which it is asked for, and what is to be kept of them. */
export function nameLinks(
  maker: Pick<LinkMaker, "make">,
  message: LinkedMessage,
  targets: readonly NamedTarget[],
): { hrefs: Map<string, string>; rows: LinkRow[] } {
  const made = maker.make(
    message,
    targets.map(({ label, target }) => ({ label, target })),
  );
  return {
    hrefs: new Map(targets.map(({ key }, index) => [key, made[index]?.url ?? ""])),
    rows: made.map(({ row }) => row),
  };
}
