import { describe, expect, it } from "vitest";

import { setUpTwilio, TEXT } from "./twilio-sdk.ts";

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

describe("listing with the real SDK", () => {
  it("finds by person and day, newest first, page by page", async () => {
    const { sender, sandbox, clock } = await setUpTwilio();
    for (let index = 0; index < 7; index += 1) {
      await sender.messages.create({ ...TEXT, body: `Text ${index}` });
      await sender.messages.create({ ...TEXT, to: "+12025550188", body: `Other ${index}` });
      clock.advance(SECOND_MS);
    }
    clock.advance(DAY_MS);
    await sender.messages.create({ ...TEXT, body: "Next day" });
    clock.advance(SECOND_MS);
    const all = await sender.messages.list({ to: TEXT.to, pageSize: 3 });
    expect(all.map(({ body }) => body)).toEqual(["Next day", ...[6, 5, 4, 3, 2, 1, 0].map((index) => `Text ${index}`)]);
    const day = new Date("2026-03-10T00:00:00Z");
    expect(await sender.messages.list({ to: TEXT.to, dateSent: day })).toHaveLength(7);
    expect(await sender.messages.list({ to: TEXT.to, dateSentAfter: new Date("2026-03-11T00:00:00Z") })).toHaveLength(
      1,
    );
    expect(sandbox.requests().filter(({ method }) => method === "GET")).toHaveLength(5);
  });

  it("does not find by day what still waits in the queue", async () => {
    const { sender, clock } = await setUpTwilio();
    await sender.messages.create(TEXT);
    const today = { to: TEXT.to, dateSent: clock.now() };
    expect(await sender.messages.list(today)).toEqual([]);
    expect(await sender.messages.list({ to: TEXT.to })).toMatchObject([{ status: "queued", dateSent: null }]);
    clock.advance(SECOND_MS);
    expect(await sender.messages.list(today)).toMatchObject([{ status: "sent" }]);
  });

  it("answers 404 to a message it does not know", async () => {
    const { sender } = await setUpTwilio();
    await expect(sender.messages("SMnone").fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  });
});
