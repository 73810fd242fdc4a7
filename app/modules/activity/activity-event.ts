type Actor = "system" | "staff" | "shopper" | "carrier" | "shopify";

interface ActivityShape<Type extends string, Subject extends string, Data extends object> {
  type: Type;
  actor: Actor;
  /** The staff user's id, where one acted. */
  actorId?: string;
  subject: { type: Subject; id: string };
  /** Ids and codes; never names, addresses or message texts. */
  data: Data;
}

/** Everything that can stand in the audit trail. A new kind of event is a new line here. */
export type ActivityEvent =
  | ActivityShape<"shop.installed", "shop", { scopes: string[]; again: boolean }>
  | ActivityShape<"shop.uninstalled", "shop", Record<string, never>>
  | ActivityShape<"shop.needs_reopening", "shop", { reason: string }>
  | ActivityShape<"shop.scopes_changed", "shop", { scopes: string[] }>
  | ActivityShape<"shop.settings_changed", "shop", { parts: string[] }>
  | ActivityShape<"shop.went_live", "shop", { live: boolean }>
  | ActivityShape<"messages.rules_published", "shop", { number: number; before: number }>
  | ActivityShape<"privacy.completed", "privacy_request", { kind: string; removed: Record<string, number> }>
  | ActivityShape<"carrier_account.connected", "carrier_account", { carrier: string }>
  | ActivityShape<"carrier_account.failed", "carrier_account", { carrier: string; kind: string }>
  | ActivityShape<"carrier_account.removed", "carrier_account", { carrier: string }>
  | ActivityShape<"carrier_account.renamed", "carrier_account", { carrier: string }>
  | ActivityShape<"carrier_account.enabled", "carrier_account", { carrier: string }>
  | ActivityShape<"carrier_account.disabled", "carrier_account", { carrier: string }>
  | ActivityShape<"carrier_account.reordered", "shop", { accountIds: string[] }>
  | ActivityShape<"sms_account.connected", "sms_account", { provider: string; origin: string }>
  | ActivityShape<"sms_account.prices_accepted", "sms_account", { countries: string[]; asOf: string }>
  | ActivityShape<"sms_account.whatsapp_prices_set", "sms_account", { countries: string[] }>
  | ActivityShape<"sms_account.consent_confirmed", "sms_account", Record<string, never>>
  | ActivityShape<"sms_account.enabled", "sms_account", Record<string, never>>
  | ActivityShape<"sms_account.disabled", "sms_account", Record<string, never>>
  | ActivityShape<"sms_account.removed", "sms_account", Record<string, never>>
  | ActivityShape<
      "code_mapping.saved",
      "code_mapping",
      { carrier: string; code: string; status: string; subStatus: string | null }
    >
  | ActivityShape<"code_mapping.removed", "code_mapping", { carrier: string; code: string }>
  | ActivityShape<"import.finished", "import", { orders: number; shipments: number }>
  | ActivityShape<"import.failed", "import", { reason: string }>
  | ActivityShape<"shipment.created", "shipment", { carrier: string | null; origin: string }>
  | ActivityShape<
      "shipment.removed",
      "shipment",
      { reason: "number_edited" | "fulfillment_cancelled" | "order_cancelled" }
    >
  | ActivityShape<"shipment.restored", "shipment", Record<string, never>>
  | ActivityShape<
      "shipment.status_changed",
      "shipment",
      { from: string; to: string; subStatus: string | null; source: string; fingerprint: string | null; rule: string }
    >
  | ActivityShape<"shipment.carrier_changed", "shipment", { from: string | null; to: string; reason: string }>
  | ActivityShape<"shipment.check_failed", "shipment", { carrier: string; kind: string }>
  | ActivityShape<"shipment.watch_stopped", "shipment", { reason: string }>
  | ActivityShape<"shipment.trouble_found", "shipment", { kind: string; probability: number | null }>
  | ActivityShape<"shipment.trouble_cleared", "shipment", { kind: string }>
  | ActivityShape<"shipment.date_moved", "shipment", { from: string; to: string; source: string }>
  | ActivityShape<"order.promised", "order", { on: string; source: string }>
  | ActivityShape<"order.trouble_found", "order", { kind: "unfulfilled"; dueOn: string }>
  | ActivityShape<"order.trouble_cleared", "order", { kind: "unfulfilled" }>
  | ActivityShape<"notification.sent", "shipment", { notificationId: string; kind: string; channel: string }>
  | ActivityShape<"notification.suppressed", "shipment", { notificationId: string; kind: string; rule: string }>
  | ActivityShape<"notification.failed", "shipment", { notificationId: string; kind: string; reason: string }>
  | ActivityShape<"notification.repeated", "notification", { from: string; kind: string }>
  | ActivityShape<"address.blocked", "address", { medium: string; scope: string; reason: string }>
  | ActivityShape<"address.unblocked", "address", { medium: string; scopes: string[] }>
  | ActivityShape<"messages.muted", "parcel" | "order" | "customer" | "tag", { muted: boolean }>
  | ActivityShape<"sender_domain.added", "sender_domain", { name: string; region: string }>
  | ActivityShape<"sender_domain.changed", "sender_domain", { name: string; from: string; to: string }>
  | ActivityShape<
      "sender_domain.warm_up_chosen",
      "sender_domain",
      { name: string; established: boolean; overflow: boolean }
    >
  | ActivityShape<"sender_domain.removed", "sender_domain", { name: string }>
  | ActivityShape<"write_back.done", "shipment", { effectId: string; status: string }>
  | ActivityShape<"write_back.skipped", "shipment", { effectId: string; reason: string }>
  | ActivityShape<"delivery.replayed", "delivery", { topic: string }>;
