import { z } from "zod";
import { list, MAX_EVENTS, part, text, withRaw } from "../read-json.ts";

const route = withRaw({
  acceptTime: text(40),
  acceptAddress: text(200),
  remark: text(500),
  opCode: text(20),
});

const routeResponse = z.object({
  mailNo: text(60),
  routes: list(route, { max: MAX_EVENTS, keep: "last" }),
});

/** What the service says, inside the platform's envelope. */
export const sfExpressResult = z.object({
  success: text(10),
  errorCode: text(20),
  errorMsg: text(300),
  msgData: part(z.object({ routeResps: list(routeResponse, { max: 50 }) })),
});

/** The platform's envelope; `apiResultData` is JSON written as a text. */
export const sfExpressAnswer = z.object({
  apiResultCode: text(20),
  apiErrorMsg: text(300),
  apiResultData: z.unknown().optional(),
});

export type SfExpressRoute = z.output<typeof route>;
export type SfExpressResult = z.output<typeof sfExpressResult>;
