import type { AdminContext, View } from "#tests/sandbox/shopify/graphql-context.ts";
import { bulkMutations } from "#tests/sandbox/shopify/mutations/bulk-mutations.ts";
import { fulfillmentMutations } from "#tests/sandbox/shopify/mutations/fulfillment-mutations.ts";
import { metafieldMutations } from "#tests/sandbox/shopify/mutations/metafield-mutations.ts";
import { subscriptionMutations } from "#tests/sandbox/shopify/mutations/subscription-mutations.ts";
import { tagMutations } from "#tests/sandbox/shopify/mutations/tag-mutations.ts";

/** Every mutation the sandbox plays. */
export function mutationRoot(context: AdminContext): View {
  return {
    ...fulfillmentMutations(context),
    ...tagMutations(context),
    ...metafieldMutations(context),
    ...bulkMutations(context),
    ...subscriptionMutations(context),
    // Billing through code is refused when plans live in the dashboard, which is what the app uses.
    appSubscriptionCreate: () => ({
      appSubscription: null,
      confirmationUrl: null,
      userErrors: [{ field: null, message: "Managed Pricing Apps cannot use the Billing API (to create charges)." }],
    }),
    flowTriggerReceive: () => ({ userErrors: [] }),
  };
}
