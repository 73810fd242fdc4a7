import type { RequestHandler } from "express";

import type { SandboxCarrierId } from "../world/parcel.ts";
import { seededRandom } from "../world/seeded-random.ts";

/**
 * What can go wrong with a carrier's server: `rate_limited` = its 429; `server_error` = its 5xx; `forbidden` = its 403;
 * `html` = a proxy's error page; `slow` = answered after `slowMs`; `truncated` = the body breaks off; `reset` = the
 * connection dies without an answer.
 */
export const CARRIER_FAULTS = [
  "rate_limited",
  "server_error",
  "forbidden",
  "html",
  "slow",
  "truncated",
  "reset",
] as const;

export type CarrierFault = (typeof CARRIER_FAULTS)[number];

/** Share of requests (0–1) that suffer each fault; the shares of one carrier add up to at most 1. */
export type FaultShares = Partial<Record<CarrierFault, number>>;

export interface CarrierFaults {
  get(carrierId: SandboxCarrierId): FaultShares;
  /** Replaces the faults of one carrier; `{}` heals it. */
  set(carrierId: SandboxCarrierId, shares: FaultShares): void;
  clear(): void;
  /** Draws the fate of one request. */
  draw(carrierId: SandboxCarrierId): CarrierFault | null;
}

/** Faults drawn from a seeded sequence: the same seed and the same requests give the same faults. */
export function createCarrierFaults(seed: number): CarrierFaults {
  const random = seededRandom(seed);
  const shares = new Map<SandboxCarrierId, FaultShares>();
  return {
    get: (carrierId) => shares.get(carrierId) ?? {},
    set(carrierId, next) {
      const total = Object.values(next).reduce((sum, share) => sum + share, 0);
      if (total > 1 || Object.values(next).some((share) => !(share >= 0)))
        throw new Error("Fault shares must be 0 to 1 in all.");
      shares.set(carrierId, { ...next });
    },
    clear: () => shares.clear(),
    draw(carrierId) {
      let rest = random();
      for (const fault of CARRIER_FAULTS) {
        rest -= shares.get(carrierId)?.[fault] ?? 0;
        if (rest < 0) return fault;
      }
      return null;
    },
  };
}

/** The provider's own bodies for the faults that have one. */
export interface ProviderRefusals {
  rate_limited: RequestHandler;
  server_error: RequestHandler;
  forbidden: RequestHandler;
}

const HTML_PAGE =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n" +
  "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

export interface FaultMiddleware {
  carrierId: SandboxCarrierId;
  faults: CarrierFaults;
  refusals: ProviderRefusals;
  slowMs: number;
}

/** Express middleware that makes a request suffer what was drawn for it. */
export function sufferFaults({ carrierId, faults, refusals, slowMs }: FaultMiddleware): RequestHandler {
  return (request, response, next) => {
    const fault = faults.draw(carrierId);
    switch (fault) {
      case null:
        return next();
      case "rate_limited":
      case "server_error":
      case "forbidden":
        return refusals[fault](request, response, next);
      case "html":
        response.status(502).type("html").send(HTML_PAGE);
        return;
      case "slow":
        setTimeout(next, slowMs).unref();
        return;
      case "truncated":
        return truncateAnswer(request, response, next);
      case "reset":
        request.socket.destroy();
    }
  };
}

/** Announces the whole body, whatever its format, and then closes the connection after half of it. */
const truncateAnswer: RequestHandler = (_request, response, next) => {
  const breakOff = (body: unknown) => {
    const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
    response.setHeader("Content-Length", Buffer.byteLength(text));
    response.write(text.slice(0, Math.floor(text.length / 2)), () => response.socket?.destroy());
    return response;
  };
  response.json = (body: unknown) => {
    response.setHeader("Content-Type", "application/json");
    return breakOff(body);
  };
  response.send = breakOff;
  next();
};
