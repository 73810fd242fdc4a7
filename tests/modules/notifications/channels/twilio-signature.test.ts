import twilio from "twilio";
import { describe, expect, it } from "vitest";
import { isSignedByTwilio } from "#app/modules/notifications/channels/twilio-signature.server.ts";
import { signTwilio } from "#tests/sandbox/twilio/sign-request.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";

const random = seededRandom(2026);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const CHARACTERS = [..."abcXYZ019 &=+%?#/.:;'\"<>", "é", "ß", "日", "🙂", "\n", "\u00a0"];
const text = (length: number) => Array.from({ length }, () => pick(CHARACTERS)).join("");
const NAMES = ["MessageSid", "MessageStatus", "Body", "From", "To", "a", "A", "aa", "Zoë", "To2", "_"];
const HOSTS = ["doorstep.example", "app.doorstep.example:8443", "127.0.0.1:4401", "doorstep.example:443", "localhost"];
const QUERIES = ["", "?n=ntf_01hq", "?a=1&b=2", "?x=%20y", "?empty="];

/** A request as Twilio might send it. */
function makeRequest() {
  const url = `${pick(["https://", "http://"])}${pick(HOSTS)}/webhooks/twilio/${text(3).replace(/[^a-z]/gi, "t")}${pick(QUERIES)}`;
  const count = Math.floor(random() * 8);
  const fields = Object.fromEntries(
    Array.from({ length: count }, () => [pick(NAMES), text(Math.floor(random() * 30))]),
  );
  const token = Array.from({ length: 32 }, () => pick([..."0123456789abcdef"])).join("");
  return { url, fields, token };
}

const sdk = (token: string, signature: string, url: string, fields: Record<string, string>) =>
  twilio.validateRequest(token, signature, url, fields);

const ours = (token: string, signature: string, url: string, fields: Record<string, string>) =>
  isSignedByTwilio(token, { url, signature, fields: new URLSearchParams(fields) });

describe("the signature of a form, against Twilio's own library", () => {
  it("takes what the library takes: 2,000 generated requests, signed with, without and by the standard port", () => {
    for (let index = 0; index < 2_000; index += 1) {
      const { url, fields, token } = makeRequest();
      const without = url.replace(/^(https?:\/\/[^/:]+):\d+/, "$1");
      for (const signedUrl of [url, without]) {
        const signature = signTwilio(token, signedUrl, fields);
        expect({ url, fields, taken: ours(token, signature, url, fields) }).toEqual({ url, fields, taken: true });
        expect(sdk(token, signature, url, fields)).toBe(true);
      }
    }
  });

  it("refuses what the library refuses: 2,000 requests, each changed in one place", () => {
    for (let index = 0; index < 2_000; index += 1) {
      const { url, fields, token } = makeRequest();
      const signature = signTwilio(token, url, fields);
      const changes = [
        { token: token.replace(/./, (digit) => (digit === "0" ? "1" : "0")) },
        { url: url.replace("/webhooks", "/webhook") },
        { url: url.includes("?") ? `${url}&more=1` : `${url}?more=1` },
        { fields: { ...fields, Extra: "1" } },
        { signature: /[A-Z]/.test(signature) ? signature.toLowerCase() : `${signature}A` },
        { signature: signature.slice(0, -1) },
        { signature: "" },
      ];
      const changed = { url, fields, token, signature, ...pick(changes) };
      const verdict = sdk(changed.token, changed.signature, changed.url, changed.fields);
      expect(verdict).toBe(false);
      expect(ours(changed.token, changed.signature, changed.url, changed.fields)).toBe(verdict);
    }
  });

  it("counts every different value of a field that comes several times, as the library does", () => {
    const url = "https://doorstep.example/webhooks/twilio/t";
    const params = { MediaUrl: ["b", "a", "b"], To: "+1" };
    const token = "0123456789abcdef0123456789abcdef";
    const signature = signTwilio(token, url, { MediaUrl: "aMediaUrlb", To: "+1" });
    expect(twilio.validateRequest(token, signature, url, params)).toBe(true);
    const fields = new URLSearchParams([...params.MediaUrl.map((one) => ["MediaUrl", one]), ["To", "+1"]]);
    expect(isSignedByTwilio(token, { url, fields, signature })).toBe(true);
  });

  it("refuses an address that is none", () => {
    expect(
      isSignedByTwilio("t", { url: "nowhere", fields: new URLSearchParams(), signature: `${"A".repeat(27)}=` }),
    ).toBe(false);
  });
});
