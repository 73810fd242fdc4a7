import type { Request } from "express";

/** User name and password of an `Authorization: Basic` header; null when there is none. */
export function basicCredentials(request: Request): { username: string; password: string } | null {
  const match = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(request.get("authorization") ?? "");
  if (!match) return null;
  const [username = "", ...rest] = Buffer.from(match[1] ?? "", "base64")
    .toString("utf8")
    .split(":");
  return { username, password: rest.join(":") };
}
