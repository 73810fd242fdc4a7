import express from "express";
import { systemClock } from "#app/lib/clock.ts";
import { createSandboxResend } from "#tests/sandbox/resend/create-sandbox-resend.ts";

/* The provider, in a process of its own, that answers at once and takes what it is given. */
const resend = createSandboxResend({ clock: systemClock, rateLimit: { requests: 10_000, perMs: 1_000 } });
const server = express()
  .use(resend.router)
  .listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.send?.({ port: typeof address === "object" ? address?.port : 0 });
  });
process.once("disconnect", () => process.exit(0));
