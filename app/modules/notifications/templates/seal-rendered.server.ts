import type { KeyRing } from "#app/lib/crypto.server.ts";

const context = (shopId: string) => ({ shopId, field: "notification.rendered" });

/** A rendered message as it lies in its row: only the shop that it belongs to can open it. */
export function sealRendered(keys: KeyRing, shopId: string, plain: string): string {
  return keys.seal(plain, context(shopId));
}

/** @throws UnsealError */
export function openRendered(keys: KeyRing, shopId: string, sealed: string): string {
  return keys.open(sealed, context(shopId));
}
