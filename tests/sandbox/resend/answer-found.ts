import type { RequestHandler } from "express";

import { resendError, sendError } from "./resend-error.ts";

/** Makes handlers for what `:id` names: the work's answer where it is found, Resend's refusal in its words otherwise. */
export function answerFound<Entry>(find: (id: string) => Entry | null, message: string) {
  const notFound = resendError(404, "not_found", message);
  return (work: (entry: Entry) => object): RequestHandler =>
    (request, response) => {
      const entry = find(String(request.params["id"]));
      if (entry === null) sendError(response, notFound);
      else response.json(work(entry));
    };
}
