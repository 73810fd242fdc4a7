import { SANDBOX_CREDENTIALS } from "./credentials.ts";
import type { SandboxCarrier } from "./sandbox-carrier.ts";

/** The carriers and aggregators that need nothing but their own server; UPS, FedEx and EasyPost have more to tell. */
export const MORE_CARRIERS: Readonly<Record<string, SandboxCarrier>> = {};

/** The carriers whose servers the sandbox plays. */
export const SANDBOX_CARRIERS: readonly string[] = [...Object.keys(SANDBOX_CREDENTIALS), ...Object.keys(MORE_CARRIERS)];

/** The account that opens this carrier's server. */
export function credentialsOf(carrierId: string): Readonly<Record<string, string>> {
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = SANDBOX_CREDENTIALS;
  const credentials = known[carrierId] ?? MORE_CARRIERS[carrierId]?.credentials;
  if (!credentials) throw new Error(`The sandbox plays no carrier ${carrierId}.`);
  return credentials;
}

export function isSandboxCarrier(value: unknown): value is string {
  return SANDBOX_CARRIERS.some((carrierId) => carrierId === value);
}
