import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const checkpoint = withRaw({
  time_stamp: text(40),
  time_zone: text(20),
  tracking_status: text(20),
  message: text(500),
  location: text(200),
});

const result = z.object({
  tracking_number: text(60),
  waybill_number: text(60),
  exchange_number: text(60),
  checkpoints: list(checkpoint, { max: MAX_EVENTS, keep: "last" }),
  tracking_status_waybill: part(z.object({ level1: text(10) })),
});

/** Answer of `GET /api/tracking`; `code` is 0 when all went well. */
export const yanwenAnswer = z.object({
  code: text(20),
  message: text(300),
  result: list(result, { max: 100 }),
});

export type YanwenResult = z.output<typeof result>;
export type YanwenCheckpoint = z.output<typeof checkpoint>;
