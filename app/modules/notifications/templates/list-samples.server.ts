import type { ShopTx } from "#app/lib/db.server.ts";
import { SHIPMENT_STATUSES } from "#app/modules/carriers/status.ts";
import type { PreviewSample } from "../template-editor.ts";

const NEWEST_ORDERS = 20;

/** Made-up parcels in every state, and the newest orders that have a parcel. */
export async function listSamples(tx: ShopTx, shopId: string): Promise<PreviewSample[]> {
  const orders = await tx.order.findMany({
    where: { shopId, redactedAt: null, shipments: { some: { lifecycle: "active" } } },
    orderBy: [{ placedAt: "desc" }, { id: "asc" }],
    take: NEWEST_ORDERS,
    select: { id: true, name: true, placedAt: true },
  });
  return [
    ...demoSamples(),
    ...orders.map(({ id, name, placedAt }): PreviewSample => {
      return { id: `order:${id}`, type: "order", name, placedAt: placedAt.toISOString() };
    }),
  ];
}

function demoSamples(): PreviewSample[] {
  return [
    ...SHIPMENT_STATUSES.map((status): PreviewSample => ({
      id: `demo:${status}:plain`,
      type: "demo",
      status,
      variant: "plain",
    })),
    { id: "demo:in_transit:late", type: "demo", status: "in_transit", variant: "late" },
    { id: "demo:in_transit:split", type: "demo", status: "in_transit", variant: "split" },
  ];
}
