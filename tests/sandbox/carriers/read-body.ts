import type { RequestHandler } from "express";
import express from "express";

/** Reads any body as bytes, so that JSON is parsed where the provider's own error for bad JSON is known. */
export function rawBody(limit: string): RequestHandler {
  return express.raw({ type: () => true, limit });
}

/** The parsed JSON body; `undefined` when it is empty or not JSON. */
export function jsonBody(body: unknown): unknown {
  if (!Buffer.isBuffer(body)) return undefined;
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** The fields of a form body. */
export function formBody(body: unknown): URLSearchParams {
  return new URLSearchParams(Buffer.isBuffer(body) ? body.toString("utf8") : "");
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
