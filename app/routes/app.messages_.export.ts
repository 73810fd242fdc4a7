import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { exportMessages } from "#app/modules/notifications/export-messages.server.ts";
import { readLogQuery } from "#app/modules/notifications/log-query.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

/** The messages that a search of the log has found, as a file for a spreadsheet. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const services = webServices();
  const { shopId, timezone: zone } = await openAdminVisit(services, request);
  const lines = exportMessages(services, { shopId, query: readLogQuery(request.url), zone });
  return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": 'attachment; filename="messages.csv"',
      "Cache-Control": "private, no-store",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
