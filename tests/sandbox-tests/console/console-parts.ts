import type { ConsoleActions, PlaceAndShip, WebhookFaults } from "#tests/sandbox/console/console-actions.ts";
import { createConsole } from "#tests/sandbox/console/create-console.ts";
import { createSandboxCarriers } from "#tests/sandbox/carriers/create-sandbox-carriers.ts";
import { createSandboxResend } from "#tests/sandbox/resend/create-sandbox-resend.ts";
import { createSandboxTwilio } from "#tests/sandbox/twilio/create-sandbox-twilio.ts";
import { addLiveParcels } from "#tests/sandbox/world/add-live-parcels.ts";
import { createWorld } from "#tests/sandbox/world.ts";
import express from "express";

import { manualClock, serve } from "../carriers/sandbox-server.ts";

/** Console and mailbox over a whole sandbox; orders are made by a small stand-in for the Shopify part. */
export async function setUpConsole() {
  const clock = manualClock();
  const world = createWorld({ clock });
  const carriers = createSandboxCarriers({ world, clock });
  const resend = createSandboxResend({ clock });
  const twilio = createSandboxTwilio({ clock });
  const placed: PlaceAndShip[] = [];
  let webhookFaults: WebhookFaults = { duplicate: false, reorder: false, drop: false };
  const actions: ConsoleActions = {
    async placeAndShip(input) {
      placed.push(input);
      addLiveParcels(world, { ...input, count: input.parcels });
      return { orderName: `#${1000 + placed.length}` };
    },
    listOrders: async () =>
      placed.map((_, index) => ({
        name: `#${1001 + index}`,
        createdAt: "",
        email: "ada@shopper.example",
        trackingNumbers: [],
      })),
    webhookFaults: async () => webhookFaults,
    setWebhookFaults: async (next) => void (webhookFaults = next),
  };
  const links = { admin: "/admin", storefront: "/store?a=1&b=2", mailbox: "/mailbox", console: "/console" };
  const { consoleRouter, mailboxRouter } = createConsole({ world, carriers, resend, twilio, actions, links });
  const app = express.Router();
  app.use("/console", consoleRouter);
  app.use("/mailbox", mailboxRouter);
  const origin = await serve(app);
  const post = (path: string, body: unknown, type = "application/json") =>
    fetch(`${origin}/console/api/${path}`, {
      method: "POST",
      headers: { "content-type": type },
      body: JSON.stringify(body),
    });
  const state = async () => (await fetch(`${origin}/console/api/state`)).json();
  return { clock, world, carriers, resend, twilio, placed, origin, post, state };
}
