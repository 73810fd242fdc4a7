import { describe, expect, it } from "vitest";

import { SANDBOX_CREDENTIALS } from "#tests/sandbox/carriers/credentials.ts";

import { askToken, basic, errorsOf, setUpUps as setUp } from "./ups-client.ts";

const { clientId, clientSecret } = SANDBOX_CREDENTIALS.ups;

interface Tracked {
  trackResponse: {
    shipment: {
      inquiryNumber: string;
      warnings?: { code: string }[];
      package?: {
        trackingNumber: string;
        packageCount: number;
        deliveryDate: { type: string; date: string }[];
        currentStatus: { code: string };
        activity: {
          date: string;
          time: string;
          gmtDate: string;
          gmtOffset: string;
          gmtTime: string;
          status: Record<string, string>;
        }[];
      }[];
    }[];
  };
}

describe("UPS token endpoint", () => {
  it("gives a token whose figures are strings", async () => {
    const { base } = await setUp();
    const token = await (await askToken(base, basic(clientId, clientSecret))).json();
    expect(token).toMatchObject({ token_type: "Bearer", expires_in: "14399", status: "approved", client_id: clientId });
  });

  it.each([
    [null, "client_credentials", 400],
    [basic("nobody", clientSecret), "client_credentials", 401],
    [basic(clientId, "wrong"), "client_credentials", 401],
    [basic(clientId, clientSecret), "password", 400],
  ])("refuses bad credentials (%s, %s)", async (authorization, grant, status) => {
    const { base } = await setUp();
    const answer = await askToken(base, authorization, grant);
    expect(answer.status).toBe(status);
    expect(await errorsOf(answer)).toMatch(/^104/);
  });
});

describe("UPS tracking", () => {
  it("tells the journey newest first, with wall clock and GMT", async () => {
    const { track, add, clock } = await setUp();
    const [parcel] = add("on_time");
    clock.advance(61_000);
    const { trackResponse } = (await (await track(parcel?.trackingNumber ?? "")).json()) as Tracked;
    const piece = trackResponse.shipment[0]?.package?.[0];
    expect(piece?.activity.map((activity) => activity.status["statusCode"])).toEqual([
      "011",
      "021",
      "005",
      "005",
      "005",
      "005",
      "038",
      "003",
    ]);
    expect(piece?.deliveryDate).toEqual([{ type: "DEL", date: "20260310" }]);
    expect(piece?.currentStatus.code).toBe("011");
    for (const { date, time, gmtDate, gmtOffset, gmtTime } of piece?.activity ?? []) {
      const local = `${date.replace(/(....)(..)(..)/, "$1-$2-$3")}T${time.replace(/(..)(..)(..)/, "$1:$2:$3")}${gmtOffset}`;
      const gmt = `${gmtDate.replace(/(....)(..)(..)/, "$1-$2-$3")}T${gmtTime}Z`;
      expect(new Date(local).toISOString()).toBe(new Date(gmt).toISOString());
    }
  });

  it("answers unknown numbers with a warning inside 200", async () => {
    const { track, add } = await setUp();
    const [hidden] = add("unknown_number");
    for (const number of ["1Z9999999999999999", hidden?.trackingNumber ?? ""]) {
      const answer = await track(number);
      expect(answer.status).toBe(200);
      expect(((await answer.json()) as Tracked).trackResponse.shipment[0]?.warnings?.[0]?.code).toBe("TW0001");
    }
  });

  it("names every piece of a shipment", async () => {
    const { track, add, clock } = await setUp();
    const pieces = add("two_pieces");
    clock.advance(30_000);
    const { trackResponse } = (await (await track(pieces[1]?.trackingNumber ?? "")).json()) as Tracked;
    expect(trackResponse.shipment[0]?.package?.map((piece) => piece.trackingNumber)).toEqual([
      pieces[1]?.trackingNumber,
      pieces[0]?.trackingNumber,
    ]);
    expect(trackResponse.shipment[0]?.package?.[0]?.packageCount).toBe(2);
  });

  it("refuses without token, with an expired one, without transaction headers and for silly numbers", async () => {
    const { track, base, headers, clock } = await setUp();
    expect(await errorsOf(await track("1Z9999999999999999", { authorization: "Bearer nothing" }))).toBe("250002");
    const { authorization, transId } = headers;
    const bare = (extra: Record<string, string>) =>
      fetch(`${base}/api/track/v1/details/1Z9999999999999999`, { headers: { authorization, ...extra } });
    expect((await bare({})).status).toBe(400);
    expect((await bare({ transId })).status).toBe(400);
    expect(await errorsOf(await track("12345"))).toBe("TV1002");
    clock.advance(14_399_000);
    const expired = await track("1Z9999999999999999");
    expect([expired.status, await errorsOf(expired)]).toEqual([401, "251004"]);
  });

  it("keeps its rate limit and counts the requests", async () => {
    const { track, carriers, clock } = await setUp({ rate: 2 });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await track("1Z9999999999999999")).status);
    expect(statuses).toEqual([200, 200, 429]);
    clock.advance(1_000);
    expect((await track("1Z9999999999999999")).status).toBe(200);
    expect(carriers.requests().filter((record) => record.path.includes("/details/"))).toHaveLength(4);
  });

  it.each([
    ["rate_limited", 429, "10429"],
    ["server_error", 503, "10004"],
    ["forbidden", 403, "10403"],
  ] as const)("answers %s in its own format", async (fault, status, code) => {
    const { track, carriers } = await setUp();
    carriers.faults.set("ups", { [fault]: 1 });
    const answer = await track("1Z9999999999999999");
    expect([answer.status, await errorsOf(answer)]).toEqual([status, code]);
  });

  it("can break: HTML, a body that stops, a dead connection, slowness; and heals", async () => {
    const { track, carriers, add } = await setUp();
    const number = add("on_time")[0]?.trackingNumber ?? "";
    carriers.faults.set("ups", { html: 1 });
    expect((await track(number)).headers.get("content-type")).toContain("text/html");
    carriers.faults.set("ups", { truncated: 1 });
    await expect(track(number).then((answer) => answer.text())).rejects.toThrow();
    carriers.faults.set("ups", { reset: 1 });
    await expect(track(number)).rejects.toThrow();
    carriers.faults.set("ups", { slow: 1 });
    expect((await track(number)).status).toBe(200);
    carriers.faults.clear();
    expect((await track(number)).status).toBe(200);
    expect(() => carriers.faults.set("ups", { html: 0.7, slow: 0.7 })).toThrow();
  });
});
