import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { errorMessage } from "./lib/errors.ts";
import { webServices } from "./services.server.ts";

const ABORT_AFTER_MS = 10_000;

export default function handleRequest(
  request: Request,
  responseStatusCode: number,
  responseHeaders: Headers,
  remixContext: EntryContext,
): Promise<Response> {
  const { log, shopify } = webServices();
  // frame-ancestors of the shop that is looking, and the preload of App Bridge.
  shopify.addDocumentResponseHeaders(request, responseHeaders);
  const ready = isbot(request.headers.get("user-agent") ?? "") ? "onAllReady" : "onShellReady";
  return new Promise((resolve, reject) => {
    let status = responseStatusCode;
    const { pipe, abort } = renderToPipeableStream(<RemixServer context={remixContext} url={request.url} />, {
      [ready]: () => {
        const body = new PassThrough();
        responseHeaders.set("Content-Type", "text/html; charset=utf-8");
        resolve(new Response(createReadableStreamFromReadable(body), { headers: responseHeaders, status }));
        pipe(body);
      },
      onShellError: (error: unknown) => reject(error instanceof Error ? error : new Error(errorMessage(error))),
      onError: (error: unknown) => {
        status = 500;
        log.error({ err: errorMessage(error) }, "render failed");
      },
    });
    setTimeout(abort, ABORT_AFTER_MS).unref();
  });
}

/** Loaders and actions that throw something unexpected end here: logged once, without the request's contents. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted) return;
  webServices().log.error({ path: new URL(request.url).pathname, err: errorMessage(error) }, "request failed");
}
