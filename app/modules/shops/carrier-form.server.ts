import type { CarrierError } from "#app/modules/carriers/carrier.ts";
import type { CarrierAccessDeps } from "./carrier-access.server.ts";
import { type FieldProblem, readCredentials } from "./carrier-secrets.ts";
import { type ConnectableCarrier, tryCredentials } from "./connect-carrier-account.server.ts";

/** The form of a carrier account as it was sent; the fields besides these three are the carrier's credentials. */
export interface CarrierFormFields {
  intent: string;
  label: string;
  credentials: Record<string, string>;
}

const MAX_FIELD = 2_000;

export function readCarrierForm(form: FormData): CarrierFormFields {
  const fields = [...form.entries()].slice(0, 30).map(([name, value]) => [name, String(value).slice(0, MAX_FIELD)]);
  const { intent = "", label = "", ...credentials } = Object.fromEntries(fields) as Record<string, string>;
  return { intent, label: label.trim(), credentials };
}

export type TryOutcome =
  | { kind: "works" }
  | { kind: "invalid"; problems: Record<string, FieldProblem> }
  | { kind: "refused"; error: CarrierError };

/** Tries what was typed with one cheap call; nothing is saved. */
export async function tryCarrierForm(
  deps: Pick<CarrierAccessDeps, "env" | "http">,
  carrier: ConnectableCarrier,
  typed: Readonly<Record<string, string>>,
): Promise<TryOutcome> {
  const read = readCredentials(carrier.credentialFields, typed);
  if ("problems" in read) return { kind: "invalid", problems: read.problems };
  const error = await tryCredentials(deps, carrier, read.credentials);
  return error ? { kind: "refused", error } : { kind: "works" };
}
