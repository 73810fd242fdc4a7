import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { AppError, ConfigurationError } from "./errors.ts";

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed value cannot be opened: unknown key id, altered bytes, or sealed for something else. */
export class UnsealError extends AppError {
  readonly code = "unseal";
  readonly retryable = false;
}

/** Where a secret belongs. It is bound into the seal, so that a value copied to another row or shop cannot be opened. */
export interface SealContext {
  shopId: string;
  field: string;
}

/** Seals secrets with AES-256-GCM under the newest key and opens them under any key of the ring, so that keys rotate. */
export class KeyRing {
  /** As key objects: made ready once, and not again with every seal. */
  readonly #keys: Map<string, KeyObject>;
  readonly #current: string;

  constructor(keys: Map<string, Buffer>, current: string) {
    this.#keys = new Map([...keys].map(([id, key]) => [id, createSecretKey(key)]));
    this.#current = current;
  }

  /**
   * Reads `id:base64,id:base64`; the first key seals.
   * @throws ConfigurationError when a key is not 32 bytes long or an id repeats.
   */
  static parse(text: string): KeyRing {
    const keys = new Map<string, Buffer>();
    for (const part of text.split(",")) {
      const [id, encoded, ...rest] = part.trim().split(":");
      const key = Buffer.from(encoded ?? "", "base64");
      if (!id || !/^[A-Za-z0-9_-]{1,16}$/.test(id) || rest.length > 0 || key.length !== KEY_BYTES || keys.has(id)) {
        throw new ConfigurationError(
          "ENCRYPTION_KEYS must be id:base64 of 32 bytes, comma separated, with distinct ids",
        );
      }
      keys.set(id, key);
    }
    return new KeyRing(keys, [...keys.keys()][0] ?? "");
  }

  /** `keyId.nonce.tag.ciphertext`, each part after the first in base64url. */
  seal(plaintext: string, context: SealContext): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key(this.#current), nonce).setAAD(associatedData(context));
    const sealed = Buffer.concat([cipher.update(plaintext, "utf8"), cipher.final()]);
    return [this.#current, ...[nonce, cipher.getAuthTag(), sealed].map((part) => part.toString("base64url"))].join(".");
  }

  /** @throws UnsealError when the value was altered, belongs elsewhere, or its key is gone. */
  open(sealed: string, context: SealContext): string {
    const [keyId = "", nonce = "", tag = "", body = ""] = sealed.split(".");
    try {
      const key = this.#key(keyId);
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64url"), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(context)).setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
    } catch (cause) {
      throw new UnsealError(`cannot open ${context.field}`, { cause, details: { field: context.field } });
    }
  }

  /** True when the value was sealed under an older key: seal it again when it is next written. */
  isStale(sealed: string): boolean {
    return !sealed.startsWith(`${this.#current}.`);
  }

  #key(id: string): KeyObject {
    const key = this.#keys.get(id);
    if (!key) throw new ConfigurationError(`no encryption key with id ${id.slice(0, 16)}`);
    return key;
  }
}

function associatedData(context: SealContext): Buffer {
  return Buffer.from(`${context.shopId}\u0000${context.field}`, "utf8");
}

/** 256 random bits for a public link, in base64url (43 characters). */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const SHORT_TOKEN_LENGTH = 22;

/** 128 random bits for a link that has to be short, in base 62: letters and digits survive every mail program and SMS. */
export function shortToken(): string {
  let rest = BigInt(`0x${randomBytes(16).toString("hex")}`);
  let text = "";
  for (let index = 0; index < SHORT_TOKEN_LENGTH; index += 1) {
    text = BASE62.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

/** SHA-256 in base64url: how tokens are kept and fingerprints are made. */
export function sha256(value: string | Uint8Array): string {
  return createHash("sha256").update(value).digest("base64url");
}

/** HMAC-SHA256 of the bytes as a buffer. */
export function hmacSha256(key: string | Uint8Array | KeyObject, value: string | Uint8Array): Buffer {
  return createHmac("sha256", key).update(value).digest();
}

/** Compares two byte strings in constant time; different lengths are simply unequal. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Compares two secrets given as text without telling by time how much of them agrees. */
export function equalSecrets(left: string, right: string): boolean {
  return equalBytes(createHash("sha256").update(left).digest(), createHash("sha256").update(right).digest());
}
