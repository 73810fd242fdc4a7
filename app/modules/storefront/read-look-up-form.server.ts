import { readBodyBounded } from "#app/lib/read-body.server.ts";

export interface LookUpForm {
  number: string;
  email: string;
  locale: string | null;
}

const MAX_FORM_BYTES = 4_000;

/** The fields of the look-up form, or null when the body is too large or no form. */
export async function readLookUpForm(request: Request): Promise<LookUpForm | null> {
  if (!(request.headers.get("content-type") ?? "").startsWith("application/x-www-form-urlencoded")) return null;
  const body = await readBodyBounded(request, MAX_FORM_BYTES);
  if (!body) return null;
  const fields = new URLSearchParams(new TextDecoder().decode(body));
  return { number: fields.get("order") ?? "", email: fields.get("email") ?? "", locale: fields.get("locale") };
}
