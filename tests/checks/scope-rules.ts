/** Scopes that stay in the list although no document or topic needs them, with the reason. */
export const SCOPE_REASONS: Readonly<Record<string, string>> = {
  write_app_proxy: "the [app_proxy] of shopify.app.toml",
  read_customers:
    "without it the customer in order webhooks is empty, and a signed-in buyer cannot be bound to an order",
};

const TOPIC_SCOPES: ReadonlyArray<readonly [RegExp, string | null]> = [
  [/^(fulfillments|fulfillment_events)\//, "read_fulfillments"],
  [/^orders\//, "read_orders"],
  [/^refunds\//, "read_orders"],
  [/^(returns|reverse_deliveries|reverse_fulfillment_orders)\//, "read_returns"],
  [/^products\//, "read_products"],
  [/^delivery_promise_settings\//, "read_shipping"],
  [/^(app|shop|themes|locales|bulk_operations|app_subscriptions|customer_account_settings)\//, null],
];

/** The scope a webhook topic demands; null = none; undefined = a topic that nobody has looked up yet. */
export function topicScope(topic: string): string | null | undefined {
  return TOPIC_SCOPES.find(([pattern]) => pattern.test(topic))?.[1];
}

export interface ScopeDemand {
  /** Every group must be met by one of its scopes. */
  groups: readonly (readonly string[])[];
  granted: readonly string[];
  optional: readonly string[];
}

/** Groups that neither the granted nor the optional scopes meet. */
export function missingScopes({ groups, granted, optional }: ScopeDemand): string[][] {
  const held = [...granted, ...optional];
  return unique(groups).filter((group) => !meets(held, group));
}

/** Granted scopes without which every group would still be met, and which have no reason of their own. */
export function needlessScopes({ groups, granted }: ScopeDemand): string[] {
  return granted.filter((scope) => {
    if (scope in SCOPE_REASONS) return false;
    const others = granted.filter((other) => other !== scope);
    return groups.every((group) => meets(others, group) || !meets(granted, group));
  });
}

/** Write scopes of which only the read part is needed. */
export function tooWideScopes({ groups, granted }: ScopeDemand): string[] {
  return granted.filter((scope) => {
    if (!scope.startsWith("write_") || scope in SCOPE_REASONS) return false;
    const narrowed = granted.map((other) => (other === scope ? scope.replace("write_", "read_") : other));
    return groups.every((group) => meets(narrowed, group) || !meets(granted, group));
  });
}

/** A write scope includes the read scope of the same name. */
function meets(held: readonly string[], group: readonly string[]): boolean {
  return group.some((scope) => held.includes(scope) || held.includes(scope.replace(/^read_/, "write_")));
}

function unique(groups: readonly (readonly string[])[]): string[][] {
  return [...new Map(groups.map((group) => [[...group].sort().join("|"), [...group]])).values()];
}
