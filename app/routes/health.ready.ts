import { errorMessage } from "#app/lib/errors.ts";
import { webServices } from "#app/services.server.ts";

/** The process can do its work: the database and the queue's tables answer. */
export async function loader(): Promise<Response> {
  const { db, queue, log } = webServices();
  const headers = { "Cache-Control": "no-store" };
  try {
    await db.ping();
    await queue.start();
    return new Response("ready", { headers });
  } catch (error) {
    log.warn({ err: errorMessage(error) }, "not ready");
    return new Response("not ready", { status: 503, headers });
  }
}
