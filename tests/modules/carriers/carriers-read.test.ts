import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readCarrierAnswer } from "#app/modules/carriers/read-carrier-answer.server.ts";
import { CARRIERS } from "#app/modules/carriers/registry.server.ts";
import { fixture } from "./carrier-doubles.ts";

const SCRIPT = resolve(import.meta.dirname, "../../../app/carriers-read.server.ts");

function run(carrierId: string, input: string | Buffer): Promise<{ code: number | null; output: unknown }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [SCRIPT, carrierId], { stdio: ["pipe", "pipe", "inherit"] });
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => (printed += chunk.toString()));
    child.on("error", fail);
    child.on("close", (code) => done({ code, output: JSON.parse(printed) }));
    // The command stops reading beyond its limit, which closes the pipe under a writer that is not done.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}

describe("the command", () => {
  test("prints exactly what the reader gives, and 0", async () => {
    const body = fixture("ups", "two-packages");
    expect(await run("ups", body)).toEqual({ code: 0, output: readCarrierAnswer("ups", body).output });
  });

  test("2 for input it cannot read, however large", async () => {
    const { code, output } = await run("easypost", Buffer.alloc(12_000_000, 0x20));
    expect([code, output]).toMatchObject([2, { shipments: [], error: { kind: "unreadable", retryable: false } }]);
  });
});

describe("what is printed", () => {
  test("the agreed fields and no others", () => {
    const { output, exitCode } = readCarrierAnswer("fedex", fixture("fedex", "delivered"));
    expect(exitCode).toBe(0);
    expect(output.error).toBeNull();
    expect(Object.keys(output)).toEqual(["shipments", "error"]);
    const [shipment] = output.shipments;
    expect(Object.keys(shipment ?? {})).toEqual([
      "trackingNumber",
      "status",
      "subStatus",
      "deliveredAt",
      "estimatedDelivery",
      "events",
    ]);
    expect(shipment?.events.at(-1)).toEqual({
      at: { local: "2026-03-12T10:41:00", offset: "-05:00", utc: "2026-03-12T15:41:00Z" },
      status: "delivered",
      subStatus: null,
      code: "DL",
      description: "Delivered",
      location: "MADISON, WI, US",
      unknownCode: false,
    });
  });

  test("a number refused inside a good answer is an error with that number, and still 0", () => {
    const { output, exitCode } = readCarrierAnswer("fedex", fixture("fedex", "late-and-not-found"));
    expect(exitCode).toBe(0);
    expect(output.shipments).toHaveLength(1);
    expect(output.error).toEqual({
      kind: "not_found",
      retryable: true,
      message: "Tracking number cannot be found. Please correct the tracking number and try again.",
      trackingNumber: "612345679129",
    });
  });

  test("a carrier's own error is a good reading", () => {
    expect(readCarrierAnswer("ups", fixture("ups", "refused-credentials"))).toMatchObject({
      exitCode: 0,
      output: { shipments: [], error: { kind: "auth" } },
    });
  });

  test("an unknown carrier is named, with the known ones", () => {
    const { output, exitCode } = readCarrierAnswer("dhl\u0000\n", "{}");
    const known = Object.keys(CARRIERS).join(", ");
    expect([exitCode, output.error?.message]).toEqual([2, `Unknown carrier "dhl". Known: ${known}.`]);
  });
});
