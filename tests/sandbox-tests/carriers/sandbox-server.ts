import type { AddressInfo } from "node:net";

import type { Router } from "express";
import express from "express";
import { afterEach } from "vitest";

import type { Clock } from "#app/lib/clock.ts";

/** A clock that stands still until it is moved. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
}

export function manualClock(start = "2026-03-10T15:00:00.000Z"): ManualClock {
  let now = Date.parse(start);
  return { now: () => new Date(now), advance: (milliseconds) => void (now += milliseconds) };
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Serves a router on a free loopback port until the test ends; gives the origin. */
export async function serve(router: Router): Promise<string> {
  const app = express();
  app.use(router);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export interface ReceivedPush {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A webhook receiver that keeps what it got and answers with `statuses` in turn, then 200. */
export async function receivePushes(statuses: number[] = []): Promise<{ url: string; received: ReceivedPush[] }> {
  const received: ReceivedPush[] = [];
  const router = express.Router();
  router.post("/hook", express.text({ type: () => true, limit: "5mb" }), (request, response) => {
    received.push({ headers: request.headers, body: String(request.body) });
    response.sendStatus(statuses.shift() ?? 200);
  });
  return { url: `${await serve(router)}/hook`, received };
}
