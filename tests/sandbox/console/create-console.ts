import type { RequestHandler, Response, Router } from "express";
import express from "express";

import { CARRIER_FAULTS } from "../carriers/carrier-faults.ts";
import { isSandboxCarrier } from "../carriers/sandbox-carriers.ts";
import { isRecord } from "../carriers/read-body.ts";
import { RESEND_FAULTS } from "../resend/resend-faults.ts";
import { SCENARIOS } from "../world/parcel.ts";
import type { ConsoleLinks, PlaceAndShip } from "./console-actions.ts";
import { renderConsolePage } from "./console-page.ts";
import type { ConsoleParts } from "./console-state.ts";
import { readConsoleState } from "./console-state.ts";
import { createMailboxRouter } from "./mailbox-router.ts";
import { PAGE_POLICY, serveAssets } from "./page-shell.ts";

export interface ConsoleOptions extends ConsoleParts {
  links: ConsoleLinks;
}

export interface SandboxConsole {
  /** Mount it where `links.console` points. */
  consoleRouter: Router;
  /** Mount it where `links.mailbox` points. */
  mailboxRouter: Router;
}

const refuse = (response: Response, message: string) => void response.status(422).json({ message });

/** Errors of an action are shown to the person at the console. */
function answer(work: (body: Record<string, unknown>, response: Response) => Promise<void>): RequestHandler {
  return (request, response, next) => {
    // Only this content type: a foreign page cannot send it without asking first, so it cannot press our buttons.
    if (!request.is("application/json") || !isRecord(request.body)) return refuse(response, "Send JSON.");
    work(request.body, response).catch(next);
  };
}

function readPlaceAndShip(body: Record<string, unknown>): PlaceAndShip | null {
  const { carrierId, parcels } = body;
  const scenario = SCENARIOS.find((known) => known === body["scenario"]);
  if (!isSandboxCarrier(carrierId) || scenario === undefined) return null;
  if (typeof parcels !== "number" || !Number.isInteger(parcels) || parcels < 1 || parcels > 5) return null;
  return { carrierId, scenario, parcels };
}

/** Switches the fault of one server; an empty fault heals it. A fault set here hits every request. */
function setFault(parts: ConsoleParts, body: Record<string, unknown>, response: Response): void {
  const { target, fault } = body;
  if (target === "resend" || target === "twilio") {
    const known = RESEND_FAULTS.find((name) => name === fault);
    if (known === undefined && fault !== "") return refuse(response, "There is no such fault.");
    parts[target].faults.set(known === undefined ? {} : { [known]: 1 });
  } else {
    const known = CARRIER_FAULTS.find((name) => name === fault);
    if (!isSandboxCarrier(target) || (known === undefined && fault !== ""))
      return refuse(response, "There is no such fault.");
    parts.carriers.faults.set(target, known === undefined ? {} : { [known]: 1 });
  }
  response.json({ message: fault === "" ? "Healthy again." : "From now on it fails." });
}

function apiRouter(parts: ConsoleParts): Router {
  const router = express.Router();
  router.use(express.json({ limit: "16kb" }));
  router.get("/state", (_request, response, next) => {
    readConsoleState(parts).then((state) => response.set("Cache-Control", "no-store").json(state), next);
  });
  router.post(
    "/place-and-ship",
    answer(async (body, response) => {
      const input = readPlaceAndShip(body);
      if (input === null) return refuse(response, "Choose a carrier, a scenario and 1 to 5 parcels.");
      const { orderName } = await parts.actions.placeAndShip(input);
      response.json({ orderName });
    }),
  );
  router.post(
    "/webhook-faults",
    answer(async ({ duplicate, reorder, drop }, response) => {
      await parts.actions.setWebhookFaults({
        duplicate: duplicate === true,
        reorder: reorder === true,
        drop: drop === true,
      });
      response.json({ message: "Saved." });
    }),
  );
  router.post(
    "/dns-records",
    answer(async ({ domain, set }, response) => {
      const { domains } = parts.resend;
      const known = typeof domain === "string" && (set === true ? domains.setRecords(domain) : domains.lose(domain));
      if (!known) return refuse(response, "There is no such domain.");
      const done =
        set === true ? "The records are set: press Check now under Settings › Sender." : "The records are gone.";
      response.json({ message: done });
    }),
  );
  router.post(
    "/faults",
    answer(async (body, response) => setFault(parts, body, response)),
  );
  return router;
}

/** Console and mailbox pages over the running sandbox. */
export function createConsole({ links, ...parts }: ConsoleOptions): SandboxConsole {
  const consoleRouter = express.Router();
  consoleRouter.use("/assets", serveAssets());
  consoleRouter.use("/api", apiRouter(parts));
  consoleRouter.get("/", (request, response) => {
    response.set("Content-Security-Policy", PAGE_POLICY).send(renderConsolePage(request.baseUrl, links));
  });
  return {
    consoleRouter,
    mailboxRouter: createMailboxRouter({ mails: parts.resend.mails, twilio: parts.twilio, links }),
  };
}
