/** The sandbox's Resend account: made-up keys that open nothing outside it. */
export const RESEND_ACCOUNT = {
  /** May do everything. */
  apiKey: "re_sandbox_full_access_0000000000000000",
  /** May only send: what a worker should hold. */
  sendingKey: "re_sandbox_sending_access_00000000000000",
  webhookSecret: "whsec_c2FuZGJveC1yZXNlbmQtd2ViaG9vay1zZWNyZXQ=",
  /** Verified domains; `onboarding@resend.dev` works in every account. */
  domains: ["mail.doorstep.example", "demo-store.example", "resend.dev"],
} as const;
