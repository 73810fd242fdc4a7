import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { OfflineGrant } from "#tests/sandbox/shopify/access-tokens.ts";
import type { SandboxCore } from "#tests/sandbox/shopify/sandbox-core.ts";
import type { ShopRecords } from "#tests/sandbox/shopify/store-records.ts";
import type { WebhookDelivery } from "#tests/sandbox/shopify/webhook-sender.ts";

interface Snapshot {
  version: 1;
  shops: ShopRecords[];
  grants: OfflineGrant[];
  deliveries: WebhookDelivery[];
}

const SAVE_DELAY_MS = 300;
/** Bodies are large: besides what is still to be sent only the newest are kept over a restart. */
const KEPT_DELIVERIES = 100;

export function takeSnapshot(core: SandboxCore): Snapshot {
  return {
    version: 1,
    shops: [...core.shops.values()].map((shop) => shop.store.records),
    grants: core.tokens.grants,
    deliveries: core.webhooks.deliveries.filter(
      (delivery, index, all) => delivery.state === "pending" || index >= all.length - KEPT_DELIVERIES,
    ),
  };
}

export function restoreSnapshot(core: SandboxCore, snapshot: Snapshot): void {
  core.shops.clear();
  for (const records of snapshot.shops) {
    core.openShop(records.facts.domain, records.facts.createdAt).store.records = records;
  }
  core.tokens.grants = snapshot.grants;
  core.webhooks.deliveries = snapshot.deliveries;
  core.webhooks.resume();
}

/** Reads the file if it is there and of this version. */
export function loadSnapshotFile(core: SandboxCore, path: string): boolean {
  if (!existsSync(path)) return false;
  const snapshot = JSON.parse(readFileSync(path, "utf8")) as Partial<Snapshot>;
  if (snapshot.version !== 1) return false;
  restoreSnapshot(core, snapshot as Snapshot);
  return true;
}

export function saveSnapshotFile(core: SandboxCore, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(takeSnapshot(core)));
  renameSync(`${path}.new`, path);
}

/** Saves shortly after the last change; returns a function that saves what is outstanding and ends it. */
export function keepSnapshotFile(core: SandboxCore, path: string): () => void {
  let timer: NodeJS.Timeout | undefined;
  core.onChange = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      saveSnapshotFile(core, path);
    }, SAVE_DELAY_MS);
  };
  return () => {
    clearTimeout(timer);
    core.onChange = () => undefined;
    saveSnapshotFile(core, path);
  };
}
