import { describe, expect, test } from "vitest";
import { fedex } from "#app/modules/carriers/fedex/fedex.server.ts";
import { ups } from "#app/modules/carriers/ups/ups.server.ts";
import { answer, fakeSession, fixture, TOKEN, TOKEN_2 } from "./carrier-doubles.ts";

const credentials = { clientId: "id", clientSecret: "s:e c&ret" };
const ask = [{ trackingNumber: "1Z12345E0205271686" }];
const delivered = answer(fixture("ups", "delivered"));
const expired = answer(
  JSON.stringify({ response: { errors: [{ code: "251004", message: "Bearer Token expired" }] } }),
  401,
);

describe("client credentials", () => {
  test("UPS: Basic authentication, the account number as a header, then the question with its two identifiers", async () => {
    const { session, calls } = fakeSession({
      credentials: { ...credentials, accountNumber: "12345E" },
      answers: [TOKEN, delivered],
    });
    await ups.track(session, ask);
    expect(calls[0]).toEqual({
      method: "POST",
      url: "https://onlinetools.ups.com/security/v1/oauth/token",
      headers: {
        authorization: `Basic ${Buffer.from("id:s:e c&ret").toString("base64")}`,
        "content-type": "application/x-www-form-urlencoded",
        "x-merchant-id": "12345E",
      },
      body: "grant_type=client_credentials",
    });
    expect(calls[1]?.headers).toMatchObject({
      authorization: "Bearer tok_1",
      transId: "req_1",
      transactionSrc: "doorstep",
    });
  });

  test("FedEx: a form body", async () => {
    const { session, calls } = fakeSession({ credentials, answers: [TOKEN, answer(fixture("fedex", "delivered"))] });
    await fedex.track(session, [{ trackingNumber: "612345678902" }]);
    expect(calls[0]).toMatchObject({
      url: "https://apis.fedex.com/oauth/token",
      body: "grant_type=client_credentials&client_id=id&client_secret=s%3Ae+c%26ret",
    });
  });

  test.each([
    [{ expires_in: 3600 }, 3540],
    [{ expires_in: "120" }, 60],
    [{ expires_in: 1 }, 1],
    [{}, 840],
  ])("a token with %j is kept for %i seconds", async (lasts, kept) => {
    const token = answer(JSON.stringify({ access_token: "tok", ...lasts }));
    const { session } = fakeSession({ credentials, answers: [token, delivered] });
    const fetched: number[] = [];
    const tokens: typeof session.tokens = {
      ...session.tokens,
      get: async (fetchToken) => {
        const one = await fetchToken();
        fetched.push(one.expiresInSeconds);
        return one.token;
      },
    };
    await ups.track({ ...session, tokens }, ask);
    expect(fetched).toEqual([kept]);
  });

  test("the token is asked for once", async () => {
    const { session, calls } = fakeSession({ credentials, answers: [TOKEN, delivered, delivered] });
    await ups.track(session, ask);
    await ups.track(session, ask);
    expect(calls.filter((call) => call.url.endsWith("/token"))).toHaveLength(1);
  });
});

describe("a refused token", () => {
  test("is thrown away and the question repeated once", async () => {
    const fake = fakeSession({ credentials, answers: [TOKEN, expired, TOKEN_2, delivered] });
    const reading = await ups.track(fake.session, ask);
    expect(reading.shipments[0]?.status).toBe("delivered");
    expect(fake.calls.at(-1)?.headers?.["authorization"]).toBe("Bearer tok_2");
    expect(fake.invalidations()).toBe(1);
  });

  test("also when the refusal comes with another HTTP status", async () => {
    const jwt = answer(
      JSON.stringify({ errors: [{ code: "BAD.REQUEST.ERROR", message: "The given JWT is invalid." }] }),
      400,
    );
    const answers = [TOKEN, jwt, TOKEN_2, answer(fixture("fedex", "delivered"))];
    const fake = fakeSession({ credentials, answers });
    expect((await fedex.track(fake.session, ask)).errors).toEqual([]);
    expect(fake.invalidations()).toBe(1);
  });

  test("twice means that the key is wrong: no third try, and no promise that waiting helps", async () => {
    const fake = fakeSession({ credentials, answers: [TOKEN, expired, TOKEN_2, expired] });
    const { errors } = await ups.track(fake.session, ask);
    expect(errors).toMatchObject([{ kind: "auth", retryable: false, trackingNumber: ask[0]?.trackingNumber }]);
    expect(fake.calls).toHaveLength(4);
  });

  test("a missing permission is not a reason to ask again", async () => {
    const fake = fakeSession({ credentials, answers: [TOKEN, answer(fixture("fedex", "forbidden"), 403)] });
    expect((await fedex.track(fake.session, ask)).errors).toMatchObject([
      { kind: "auth", carrierCode: "FORBIDDEN.ERROR" },
    ]);
    expect(fake.invalidations()).toBe(0);
  });
});

test.each([
  ["a refusal", answer(fixture("ups", "refused-credentials"), 401), "auth", false],
  ["an outage", answer("<html>503</html>", 503), "server", true],
  ["too many tokens", answer("{}", 429, { "retry-after": "30" }), "rate_limited", true],
  ["an empty success", answer("{}"), "unreadable", true],
])("the token endpoint answers with %s", async (_name, response, kind, retryable) => {
  const { session } = fakeSession({ credentials, answers: [response] });
  expect((await ups.track(session, ask)).errors).toMatchObject([{ kind, retryable }]);
});

describe("testConnection names what is wrong", () => {
  const problem = async (carrier: typeof ups, ...answers: Parameters<typeof fakeSession>[0]["answers"]) =>
    carrier.testConnection(fakeSession({ credentials, answers }).session);

  test("a wrong key", async () => {
    const error = await problem(ups, answer(fixture("ups", "refused-credentials"), 401));
    expect(error?.message).toMatch(/client id and secret.*Invalid Authentication Information/);
  });

  test("a good key without the tracking product", async () => {
    const error = await problem(fedex, TOKEN, answer(fixture("fedex", "forbidden"), 403));
    expect(error?.message).toMatch(/accepts the key.*does not include the Track API/);
  });

  test("'not found' and 'invalid number' prove that the key works", async () => {
    expect(await problem(ups, TOKEN, answer(fixture("ups", "not-found")))).toBeNull();
    const invalid = { response: { errors: [{ code: "TV1002", message: "Invalid inquiry number" }] } };
    expect(await problem(ups, TOKEN, answer(JSON.stringify(invalid), 400))).toBeNull();
  });

  test("an outage is told as an outage", async () => {
    expect(await problem(ups, TOKEN, answer("busy", 503))).toMatchObject({ kind: "server", retryable: true });
  });
});

test("FedEx asks for at most 30 numbers at once", async () => {
  const empty = answer(fixture("fedex", "delivered"));
  const { session, calls } = fakeSession({ credentials, answers: [TOKEN, empty, empty, empty] });
  await fedex.track(
    session,
    Array.from({ length: 61 }, (_, index) => ({ trackingNumber: `N${index}` })),
  );
  const sizes = calls
    .slice(1)
    .map((call) => (JSON.parse(call.body ?? "") as { trackingInfo: unknown[] }).trackingInfo.length);
  expect(sizes).toEqual([30, 30, 1]);
});
