import type { ShopTx } from "#app/lib/db.server.ts";
import type { LinkMaker } from "../links/link-maker.ts";
import type { NamedTarget } from "./mail-links.ts";

/** One link for each target, by the name under which it is asked for. */
export async function linksOf(
  tx: ShopTx,
  maker: LinkMaker,
  message: { shopId: string; notificationId: string },
  targets: readonly NamedTarget[],
): Promise<Map<string, string>> {
  const urls = await maker.of(
    tx,
    message,
    targets.map(({ label, target }) => ({ label, target })),
  );
  return new Map(targets.map(({ key }, index) => [key, urls[index] ?? ""]));
}
