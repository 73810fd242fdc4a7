import type { LinkMaker } from "./link-maker.ts";

/** Links that lead straight there and count nothing: an empty one means "the order's tracking page itself". */
export const plainLinks: LinkMaker = {
  of: (_tx, _message, targets) => Promise.resolve(targets.map(({ target }) => (target === "tracking" ? "" : target))),
};
