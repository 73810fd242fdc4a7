import { instant, type AdminContext, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { CustomerRecord } from "#tests/sandbox/shopify/store-records.ts";

function phoneView({ phone, acceptsTexts }: CustomerRecord): View | null {
  if (phone === null) return null;
  const state = acceptsTexts ? "SUBSCRIBED" : "NEVER_SUBSCRIBED";
  return { phoneNumber: phone, smsMarketingConsent: { __typename: "CustomerSmsMarketingConsent", state } };
}

export function customerView(context: AdminContext, customer: CustomerRecord): View {
  const consent = customer.acceptsMarketing ? "SUBSCRIBED" : "NOT_SUBSCRIBED";
  const orders = () => context.store.records.orders.filter((order) => order.customerId === customer.id).length;
  return {
    __typename: "Customer",
    id: customer.id,
    legacyResourceId: legacyId(customer.id),
    firstName: customer.firstName,
    lastName: customer.lastName,
    displayName: `${customer.firstName} ${customer.lastName}`,
    email: customer.email,
    phone: customer.phone,
    locale: customer.locale,
    createdAt: instant(customer.createdAt),
    numberOfOrders: () => String(orders()),
    defaultEmailAddress: {
      emailAddress: customer.email,
      marketingState: consent,
      marketingOptInLevel: "SINGLE_OPT_IN",
      marketingUpdatedAt: null,
    },
    tags: customer.tags,
    defaultPhoneNumber: phoneView(customer),
  };
}
