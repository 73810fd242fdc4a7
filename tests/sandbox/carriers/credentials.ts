/** The sandbox's only accounts: made-up values that open nothing outside it. */
export const SANDBOX_CREDENTIALS = {
  ups: { clientId: "sandbox-ups-client", clientSecret: "sandbox-ups-secret", accountNumber: "W7303X" },
  fedex: { clientId: "sandbox-fedex-key", clientSecret: "sandbox-fedex-secret", accountNumber: "740561073" },
  easypost: { apiKey: "EZAKsandbox0000000000000000000000", webhookSecret: "sandbox-easypost-webhook-secret" },
} as const;
