import { randomUUID } from "node:crypto";
import type { RequestHandler, Router } from "express";

import type { Clock } from "#app/lib/clock.ts";

import { isRecord, jsonBody } from "../carriers/read-body.ts";
import { answerFound } from "./answer-found.ts";
import { sendError, validationError } from "./resend-error.ts";

export interface Suppression {
  id: string;
  email: string;
  origin: "bounce" | "complaint" | "manual";
  createdAt: string;
}

/** The account's list of addresses that get nothing, whichever shop they belong to. */
export interface Suppressions {
  all(): Suppression[];
  /** By id or address, without case. */
  find(idOrEmail: string): Suppression | null;
  /** An address that is on the list already stays as it is. */
  add(email: string, origin: Suppression["origin"]): Suppression;
  remove(id: string): void;
  restore(saved: readonly Suppression[]): void;
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export function createSuppressions(clock: Clock): Suppressions {
  const byEmail = new Map<string, Suppression>();
  const find = (key: string) =>
    byEmail.get(key.trim().toLowerCase()) ?? [...byEmail.values()].find(({ id }) => id === key) ?? null;
  return {
    find,
    all: () => [...byEmail.values()],
    add(typed, origin) {
      const email = typed.trim().toLowerCase();
      const entry = find(email) ?? { id: randomUUID(), email, origin, createdAt: clock.now().toISOString() };
      byEmail.set(email, entry);
      return entry;
    },
    remove: (id) => void byEmail.delete(find(id)?.email ?? ""),
    restore(saved) {
      byEmail.clear();
      for (const entry of saved) byEmail.set(entry.email, entry);
    },
  };
}

function add(list: Suppressions): RequestHandler {
  return (request, response) => {
    const body = jsonBody(request.body);
    const email = isRecord(body) ? body["email"] : undefined;
    if (typeof email !== "string" || !ADDRESS.test(email.trim())) {
      return sendError(response, validationError("The `email` field must be a valid email address."));
    }
    response.json({ object: "suppression", id: list.add(email, "manual").id });
  };
}

/** `/suppressions` of the account, one address at a time. */
export function addSuppressionRoutes(router: Router, list: Suppressions): void {
  const withEntry = answerFound(list.find, "Suppression not found");
  router.post("/suppressions", add(list));
  router
    .route("/suppressions/:id")
    .get(
      withEntry(({ id, email, origin, createdAt }) => ({
        ...{ object: "suppression", id, email, origin, source_id: null, created_at: createdAt },
      })),
    )
    .delete(
      withEntry(({ id }) => {
        list.remove(id);
        return { object: "suppression", id, deleted: true };
      }),
    );
}
