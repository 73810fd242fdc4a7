/** Thirty-two hexadecimal digits that belong to nobody. */
const hex = (seed: string) => seed.repeat(32).slice(0, 32);

export interface ContentTemplate {
  sid: string;
  name: string;
  language: string;
  /** With `{{1}}` for the variables. */
  body: string;
}

/** The sandbox's Twilio account: made-up keys that open nothing outside it. */
export const TWILIO_ACCOUNT = {
  accountSid: `AC${hex("d0057e9")}`,
  /** Signs the callbacks, and opens the account's own settings. */
  authToken: hex("5ec2e7"),
  /** A standard key: messages and numbers, but not the account's own settings. */
  apiKeySid: `SK${hex("a91de")}`,
  apiKeySecret: "sandboxTwilioApiKeySecret0000000",
  friendlyName: "Doorstep sandbox",
  numbers: ["+12025550143", "+18335550144", "+447700900145"],
  messagingServiceSid: `MG${hex("5e2f1ce")}`,
  /** Alphanumeric senders may be used by every account, where the country allows them. */
  alphanumeric: "NORTHPEAK",
  whatsappSender: "whatsapp:+12025550146",
  contents: [
    {
      sid: `HX${hex("c04f7e1")}`,
      name: "parcel_update",
      language: "en",
      body: "{{1}}: an update on your order {{2}}. Follow it here: {{3}}",
    },
  ] satisfies ContentTemplate[],
} as const;

/** What Twilio's own test numbers answer at once. Source: Twilio docs, "Test Credentials". */
export const MAGIC_NUMBERS = {
  invalid: "+15005550001",
  notRoutable: "+15005550002",
  regionClosed: "+15005550003",
  stopped: "+15005550004",
  notMobile: "+15005550009",
} as const;
