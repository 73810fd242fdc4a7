import { equalBytes, hmacSha256 } from "#app/lib/crypto.server.ts";
import type { PushVerification } from "../carrier.ts";
import { decodeJson } from "../read-json.ts";
import { anySecret, header } from "../read-push.ts";
import { verifyInfo } from "./trackingmore-schema.ts";
import { TRACKINGMORE_SIGNATURES } from "./trackingmore-status.ts";

interface Signed {
  message: Uint8Array | string;
  signature: string;
}

/** True when any documented signature of the push is right under any secret; all are tried, whatever was found before. */
export function verifyTrackingmore({ body, headers, secrets, credentials }: PushVerification): boolean {
  const signed = [...signedByHeader(body, headers), ...signedInBody(body)];
  return anySecret([...secrets, credentials?.["webhookSecret"] ?? ""], (secret) => {
    const matches = signed.flatMap(({ message, signature }) => {
      const expected = hmacSha256(secret, message);
      return TRACKINGMORE_SIGNATURES.encodings.map((encoding) =>
        equalBytes(Buffer.from(signature, encoding), expected),
      );
    });
    return matches.includes(true);
  });
}

function signedByHeader(body: Uint8Array, headers: PushVerification["headers"]): Signed[] {
  const { signatureHeaders, timestampHeaders } = TRACKINGMORE_SIGNATURES;
  const given = (names: readonly string[]) => names.map((name) => header(headers, name)?.trim() ?? "").filter(Boolean);
  return given(signatureHeaders).flatMap((signature) =>
    [body, ...given(timestampHeaders)].map((message) => ({ message, signature })),
  );
}

function signedInBody(body: Uint8Array): Signed[] {
  const decoded = decodeJson({ body });
  const read = decoded.ok ? verifyInfo.safeParse(decoded.value) : null;
  const { timeStr = null, signature = null } = read?.data?.verifyInfo ?? {};
  return timeStr === null || signature === null ? [] : [{ message: timeStr, signature }];
}
