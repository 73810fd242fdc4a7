import type { RequestHandler } from "express";
import type { Clock } from "#app/lib/clock.ts";

export interface RequestRecord {
  at: string;
  method: string;
  path: string;
  /** 0 = no answer was sent. */
  status: number;
}

const MAX_RECORDS = 500_000;

/** Remembers every request from the moment it arrives, oldest first, bounded: what rate tests count. */
export function createRequestLog(clock: Clock): { remember: RequestHandler; all(): RequestRecord[] } {
  let records: RequestRecord[] = [];
  return {
    remember(request, response, next) {
      const record = { at: clock.now().toISOString(), method: request.method, path: request.path, status: 0 };
      records.push(record);
      if (records.length > MAX_RECORDS) records = records.slice(-MAX_RECORDS / 2);
      response.once("finish", () => void (record.status = response.statusCode));
      next();
    },
    all: () => [...records],
  };
}
