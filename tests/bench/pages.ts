import { buildIfStale } from "#app/build.ts";
import { systemClock } from "#app/lib/clock.ts";
import { loadEnv } from "#app/lib/env.server.ts";
import { createLogger } from "#app/lib/logger.server.ts";
import { newLinkToken, openLinkToken } from "#app/modules/orders/link-token.server.ts";
import { closeServices, createServices } from "#app/services.server.ts";
import { SECRET } from "#tests/modules/shops/edge-services.ts";
import { findFreePort } from "#tests/postgres/server-port.ts";
import { API_KEY, storeOfflineSession } from "#tests/routes/admin-requests.ts";
import { appEnvironment } from "#tests/sandbox/app-environment.ts";
import { startAppProcess } from "#tests/sandbox/app-processes.ts";
import { type MadeShop, makeShop, testKeys } from "#tests/support/factories.ts";
import type { BenchResult } from "./bench.ts";
import { type BenchDatabase, openBenchDatabase } from "./bench-database.ts";
import { round } from "./figures.ts";
import { floodedOrder, floodedParcel, floodShop, OPENED_EVERY } from "./flood-shop.ts";
import { type PageAddress, PageReader, type PageTimes } from "./page-reader.ts";

const SIZES = [1_000, 100_000] as const;
/** Different parcels that the page of one parcel, and the shopper's, are opened for. */
const OPENED = 60;

/** What the pages of a small and of a large shop cost the server, one request after the other. */
export async function run(): Promise<BenchResult> {
  await buildIfStale();
  const bench = await openBenchDatabase();
  try {
    return await serve(bench);
  } finally {
    await bench.close();
  }
}

async function serve(bench: BenchDatabase): Promise<BenchResult> {
  const shop = await makeShop(bench.db, systemClock);
  const port = await findFreePort();
  const env = environment(bench.url, port);
  await signIn(env, shop.domain);
  const web = startAppProcess({ name: "web", env });
  const reader = new PageReader(`http://127.0.0.1:${port}`, shop.domain);
  try {
    await web.ready;
    return await measure(bench, shop, reader);
  } finally {
    await reader.close();
    await web.stop();
  }
}

/** The sandbox's environment, with the keys that the tests sign with. Nothing beyond the app is called, so nothing listens. */
function environment(databaseUrl: string, port: number): Record<string, string> {
  const nowhere = "http://127.0.0.1:9";
  const secrets = { apiSecret: SECRET, encryptionKeys: `test:${Buffer.alloc(32, 7).toString("base64")}` };
  const env = appEnvironment(secrets, { databaseUrl, port, sandboxUrl: nowhere, edgeUrl: nowhere });
  return { ...env, SHOPIFY_API_KEY: API_KEY, LOG_LEVEL: "warn" };
}

async function signIn(env: Record<string, string>, domain: string): Promise<void> {
  const log = createLogger({ level: "silent", name: "bench" });
  const services = createServices({ env: loadEnv(env), role: "web", log });
  await storeOfflineSession({ services }, domain);
  await closeServices(services);
}

async function measure(bench: BenchDatabase, shop: MadeShop, reader: PageReader): Promise<BenchResult> {
  const rows: BenchResult["rows"] = [];
  const indexTimes: number[] = [];
  let from = 1;
  for (const size of SIZES) {
    await floodShop(bench.owner, { shopId: shop.shopId, from, to: size });
    from = size + 1;
    const numbers = Array.from({ length: OPENED }, (_, index) => opened(index, size));
    const links = await giveLinks(bench, shop.shopId, numbers);
    for (const [label, addressOf] of pages(numbers, links)) {
      const times = await reader.time(addressOf);
      rows.push(...toRows(`${size} parcels: ${label}`, times));
      if (label === INDEX) indexTimes.push(times.p50);
    }
  }
  const [small = 1, large = 0] = indexTimes;
  const label = `p50 of the list, ${SIZES[1]} / ${SIZES[0]} parcels`;
  return { name: "pages", rows, ratio: { label, value: round(large / small), limit: 3, better: "lower" } };
}

/** Spread over all parcels there are. */
function opened(index: number, size: number): number {
  return Math.max(1, Math.floor(((index / OPENED) * size) / OPENED_EVERY)) * OPENED_EVERY;
}

const INDEX = "list";
const LIST = "/app/shipments?_data=routes%2Fapp.shipments._index";

/** Each page with a piece of text that its answer must hold, so that no error page is measured. */
function pages(numbers: readonly number[], links: readonly string[]): [string, (index: number) => PageAddress][] {
  const at = (index: number) => numbers[index % numbers.length] ?? 0;
  const parcel = (index: number) => floodedParcel(at(index));
  const admin = (path: string, holds: string): PageAddress => ({ kind: "admin", path, holds });
  return [
    ["ready (the least a request costs)", () => ({ kind: "open", path: "/health/ready", holds: "ready" })],
    [INDEX, () => admin(LIST, "1ZBENCH")],
    ["list, tab", () => admin(`${LIST}&tab=attention`, "1ZBENCH")],
    ["list, search by number", (index) => admin(`${LIST}&q=1ZBENCH${parcel(index).slice(4)}`, parcel(index))],
    ["list, search by name", () => admin(`${LIST}&q=okafor`, "1ZBENCH")],
    [
      "parcel",
      (index) => admin(`/app/shipments/${parcel(index)}?_data=routes%2Fapp.shipments.%24shipmentId`, "Arrived at"),
    ],
    ["home", () => admin("/app?_data=routes%2Fapp._index", "1ZBENCH")],
    [
      "tracking page",
      (index) => ({ kind: "proxy", path: `/proxy/track/${links[index % links.length]}`, holds: "1ZB" }),
    ],
  ];
}

/** Real links for the orders of the parcels that are opened. */
async function giveLinks({ owner }: BenchDatabase, shopId: string, numbers: readonly number[]): Promise<string[]> {
  const links = new Map(numbers.map((number) => [number, newLinkToken(testKeys, shopId)]));
  for (const [number, { sealed, hash }] of links) {
    const values = [shopId, floodedOrder(number), sealed, hash];
    await owner.query(
      "UPDATE orders SET link_token_sealed = $3, link_token_hash = $4 WHERE shop_id = $1 AND id = $2",
      values,
    );
  }
  return [...links.values()].map(({ sealed }) => openLinkToken(testKeys, { shopId, linkTokenSealed: sealed }));
}

function toRows(label: string, { p50, p95 }: PageTimes): BenchResult["rows"] {
  return [
    { label: `${label}, p50`, value: p50, unit: "ms" },
    { label: `${label}, p95`, value: p95, unit: "ms" },
  ];
}
