import type { Clock } from "#app/lib/clock.ts";
import type { ShopTx } from "#app/lib/db.server.ts";
import { previewDocument } from "./log/preview-document.ts";
import { readPublished } from "./rule-sets.server.ts";
import { printStaffMail } from "./staff/make-staff-mail.server.ts";
import { type DigestSources, readDigest } from "./staff/read-digest.server.ts";
import { DAILY_LIST } from "./staff/staff-mail.ts";
import type { RenderDeps } from "./templates/render-deps.ts";

export interface DigestPreviewDeps extends DigestSources {
  clock: Clock;
  rendering: Pick<RenderDeps, "adminApp">;
}

/** The digest as it would go out now, its HTML made fit for a frame; null where nothing needs anybody. */
export type DigestPreview = { subject: string; html: string; text: string } | null;

/** What today's digest would say if it were made now; nothing is sent and nothing written down. */
export async function previewDigest(tx: ShopTx, deps: DigestPreviewDeps, shopId: string): Promise<DigestPreview> {
  const staffMail = await readDigest(tx, deps, { shopId, now: deps.clock.now() });
  if (!staffMail) return null;
  const printed = await printStaffMail(tx, deps.rendering, { shopId, kind: DAILY_LIST, staffMail });
  return { ...printed, html: previewDocument(printed.html) };
}

/** Who gets the digest, and at which hour of the shop's day; null where nobody does. */
export async function readDigestWish(
  tx: ShopTx,
  shopId: string,
): Promise<{ hour: number; addresses: readonly string[] } | null> {
  const { staff } = (await readPublished(tx, shopId)).rules;
  const wanted = staff.dailyDigest && staff.addresses.length > 0;
  return wanted ? { hour: staff.digestHour, addresses: staff.addresses } : null;
}
