import { z } from "zod";
import type { KeyRing } from "#app/lib/crypto.server.ts";
import type { CredentialField, Credentials } from "#app/modules/carriers/carrier.ts";

/** Which secret of a carrier account; bound into its seal together with shop and account. */
type SecretName = "credentials" | "hook_token" | "hook_secrets" | "token";

export interface AccountKey {
  shopId: string;
  accountId: string;
}

export function sealSecret(keys: KeyRing, { shopId, accountId }: AccountKey, name: SecretName, value: string): string {
  return keys.seal(value, { shopId, field: `carrier_account.${accountId}.${name}` });
}

/** @throws UnsealError when the value cannot be opened any more. */
export function openSecret(keys: KeyRing, { shopId, accountId }: AccountKey, name: SecretName, sealed: string): string {
  return keys.open(sealed, { shopId, field: `carrier_account.${accountId}.${name}` });
}

export function openCredentials(keys: KeyRing, key: AccountKey, sealed: string): Credentials {
  return z.record(z.string(), z.string()).parse(JSON.parse(openSecret(keys, key, "credentials", sealed)));
}

/** Every living secret that signs pushes of the account; two during a rotation, newest first. */
export function openHookSecrets(keys: KeyRing, key: AccountKey, sealed: string | null): string[] {
  return sealed === null ? [] : z.array(z.string()).parse(JSON.parse(openSecret(keys, key, "hook_secrets", sealed)));
}

export type FieldProblem = "required" | "too_long" | "unknown";

/** Checks what a merchant typed against the carrier's declared fields; surrounding spaces are a copying accident. */
export function readCredentials(
  fields: readonly CredentialField[],
  typed: Readonly<Record<string, string>>,
): { credentials: Credentials } | { problems: Record<string, FieldProblem> } {
  const problems: Record<string, FieldProblem> = {};
  const credentials: Record<string, string> = {};
  for (const name of Object.keys(typed)) if (!fields.some((field) => field.name === name)) problems[name] = "unknown";
  for (const field of fields) {
    const value = (typed[field.name] ?? "").trim();
    if (value.length > field.maxLength) problems[field.name] = "too_long";
    else if (value !== "") credentials[field.name] = value;
    else if (field.required) problems[field.name] = "required";
  }
  return Object.keys(problems).length > 0 ? { problems } : { credentials };
}
