const MAX_LENGTH = 2_000;

/** The page on which the reader of a message stops texts, looked up at the click: a text has no room for its address. */
export const OPT_OUT = "opt_out";

/**
 * May a message point there? `tracking` stands for the order's page, `opt_out` for the reader's choices; everything else is an https address of a host with a
 * name, without a user in it. So no script, no data and no file ever leaves by a link of ours.
 */
export function isLinkTarget(target: string): boolean {
  if (target === "tracking" || target === OPT_OUT) return true;
  if (target.length > MAX_LENGTH || /[\s\p{Cc}\\]/u.test(target)) return false;
  try {
    const url = new URL(target);
    return url.protocol === "https:" && url.hostname.includes(".") && !url.username && !url.password;
  } catch {
    return false;
  }
}
