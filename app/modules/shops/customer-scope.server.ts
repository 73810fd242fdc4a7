import { z } from "zod";
import type { ShopTx } from "#app/lib/db.server.ts";
import { toGid } from "#app/lib/ids.ts";

/** Ids come as numbers; those beyond 2^53 have been kept as strings of digits. */
const legacyId = z.union([z.number().int(), z.string().regex(/^\d{1,25}$/)]).transform(String);
const customer = z
  .object({ id: legacyId.nullish(), email: z.string().max(320).nullish(), phone: z.string().max(60).nullish() })
  .nullish();

/** Bodies of `customers/data_request` and `customers/redact`; only the list of orders is named differently. */
export const customerRequestSchema = z.object({
  shop_domain: z.string().optional(),
  customer,
  orders_requested: z.array(legacyId).nullish(),
  orders_to_redact: z.array(legacyId).nullish(),
  data_request: z.object({ id: legacyId }).nullish(),
});

export type CustomerRequest = z.infer<typeof customerRequestSchema>;

/** Whom a request is about, and every order of theirs that we hold. */
export interface CustomerScope {
  shopId: string;
  customerId: string | null;
  email: string | null;
  phone: string | null;
  orderIds: string[];
}

/** Orders named in the request, and all others of the same customer, by id, e-mail or telephone number. */
export async function findCustomerScope(tx: ShopTx, shopId: string, request: CustomerRequest): Promise<CustomerScope> {
  const named = [...(request.orders_requested ?? []), ...(request.orders_to_redact ?? [])];
  const customerId = request.customer?.id ? toGid("Customer", request.customer.id) : null;
  const email = nonEmpty(request.customer?.email);
  const phone = nonEmpty(request.customer?.phone);
  const orders = await tx.order.findMany({
    where: {
      shopId,
      OR: [
        { id: { in: named.map((id) => toGid("Order", id)) } },
        ...(customerId ? [{ customerId }] : []),
        ...(email ? [{ email: { equals: likeItself(email), mode: "insensitive" as const } }] : []),
        ...(phone ? [{ phone }] : []),
      ],
    },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  return { shopId, customerId, email, phone, orderIds: orders.map(({ id }) => id) };
}

/** Prisma compares without case by ILIKE, where "_" and "%" would also stand for other people's addresses. */
function likeItself(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function nonEmpty(text: string | null | undefined): string | null {
  return text?.trim() ? text.trim() : null;
}
