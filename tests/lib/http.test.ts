import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Http, HttpError } from "#app/lib/http.server.ts";
import { assertPublicUrl, ForbiddenAddressError } from "#app/lib/public-address.server.ts";
import { silentLog } from "#tests/support/test-queue.ts";

let server: Server;
let base: string;
let hits = 0;
let failuresLeft = 0;
let slowness = 5_000;
const http = new Http({ log: silentLog });

beforeAll(async () => {
  server = createServer((request, response) => {
    hits += 1;
    if (failuresLeft > 0) {
      failuresLeft -= 1;
      return void response.writeHead(503).end("busy");
    }
    if (request.url === "/large") return void response.end("x".repeat(10_000));
    if (request.url === "/slow") return void setTimeout(() => response.end("late"), slowness).unref();
    if (request.url === "/moved") return void response.writeHead(302, { location: "/ok" }).end();
    response.end("fine");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await http.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  hits = 0;
  failuresLeft = 0;
  slowness = 5_000;
});

describe("a call", () => {
  test("hands back any status as an answer", async () => {
    failuresLeft = 1;
    const answer = await http.request({ method: "GET", url: `${base}/ok` });
    expect([answer.status, Buffer.from(answer.body).toString()]).toEqual([503, "busy"]);
  });

  test("is repeated only when the caller says that it may be", async () => {
    failuresLeft = 2;
    expect((await http.request({ method: "GET", url: `${base}/ok`, retries: 3 })).status).toBe(200);
    expect(hits).toBe(3);
  });

  test("reads no more than its limit", async () => {
    await expect(http.request({ method: "GET", url: `${base}/large`, maxBytes: 1_000 })).rejects.toThrow(HttpError);
  });

  test("ends after its time", async () => {
    await expect(http.request({ method: "GET", url: `${base}/slow`, timeoutMs: 50 })).rejects.toThrow(HttpError);
  });

  test("follows no redirect", async () => {
    expect((await http.request({ method: "GET", url: `${base}/moved` })).status).toBe(302);
    expect(hits).toBe(1);
  });

  test("stops asking a host that keeps failing, for a while", async () => {
    const breaking = new Http({ log: silentLog });
    failuresLeft = 100;
    for (let call = 0; call < 8; call += 1) await breaking.request({ method: "GET", url: `${base}/ok` });
    await expect(breaking.request({ method: "GET", url: `${base}/ok` })).rejects.toThrow(HttpError);
    expect(hits).toBe(8);
    await breaking.close();
  });
});

describe("the trouble of one", () => {
  test("account opens its own circuit and nobody else's", async () => {
    const breaking = new Http({ log: silentLog });
    const call = (circuit: string) => breaking.request({ method: "GET", url: `${base}/ok`, circuit });
    failuresLeft = 8;
    for (let count = 0; count < 8; count += 1) await call("acc_1");
    await expect(call("acc_1")).rejects.toThrow(HttpError);
    expect((await call("acc_2")).status).toBe(200);
    await breaking.close();
  });

  test("slow host does not keep those who wait for a place beyond their time, and they are no failures of it", async () => {
    const busy = new Http({ log: silentLog });
    slowness = 400;
    const slow = Array.from({ length: 32 }, () => busy.request({ method: "GET", url: `${base}/slow` }));
    const waiting = Array.from({ length: 10 }, () => {
      return busy.request({ method: "GET", url: `${base}/ok`, timeoutMs: 50 }).then(
        () => "answered",
        (error: unknown) => error,
      );
    });
    expect((await Promise.all(waiting)).every((outcome) => outcome instanceof HttpError)).toBe(true);
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual(Array(32).fill(200));
    expect((await busy.request({ method: "GET", url: `${base}/ok` })).status).toBe(200);
    // The ten were never sent.
    expect(hits).toBe(33);
    await busy.close();
  });
});

describe("an address that a merchant may type", () => {
  test.each([
    "http://example.com/",
    "https://example.com:22/",
    "https://user:pass@example.com/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://0x7f000001/",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://10.0.0.8/",
    "https://172.16.3.4/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://0.0.0.0/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[fd00::1]/",
    "https://[fe80::1]/",
    "https://[64:ff9b::7f00:1]/",
    "ftp://example.com/",
    "gopher://example.com/",
  ])("%s is refused, always with the same words", (address) => {
    expect(() => assertPublicUrl(new URL(address))).toThrow(new ForbiddenAddressError("This address cannot be used."));
  });

  test.each(["https://example.com/hook", "https://example.com:8443/", "https://93.184.216.34/"])(
    "%s is not",
    (address) => {
      expect(() => assertPublicUrl(new URL(address))).not.toThrow();
    },
  );

  test.each(["https://localhost/", "https://localhost.localdomain/"])(
    "a name that leads home is refused: %s",
    async (url) => {
      await expect(http.request({ method: "GET", url, publicOnly: true })).rejects.toThrow();
      expect(hits).toBe(0);
    },
  );
});
