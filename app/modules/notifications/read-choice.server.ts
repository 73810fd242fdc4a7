import { readBodyBounded } from "#app/lib/read-body.server.ts";
import { type Preference, PREFERENCES } from "./change-preferences.server.ts";

const MAX_FORM_BYTES = 4_000;

/**
 * What a POST asks for. Mail programs send `List-Unsubscribe=One-Click` (RFC 8058), as a form or as multipart; our own
 * page sends `choice`. @returns null for anything else: then nothing changes.
 */
export async function readChoice(request: Request): Promise<Preference | null> {
  const body = await readBodyBounded(request, MAX_FORM_BYTES);
  if (!body) return null;
  const type = request.headers.get("content-type") ?? "";
  const text = new TextDecoder().decode(body);
  if (type.startsWith("multipart/form-data")) {
    return /name="?List-Unsubscribe"?\r?\n\r?\nOne-Click\r?\n/i.test(text) ? "orders_only" : null;
  }
  const fields = new URLSearchParams(text);
  if (fields.get("List-Unsubscribe") === "One-Click") return "orders_only";
  return PREFERENCES.find((choice) => choice === fields.get("choice")) ?? null;
}
