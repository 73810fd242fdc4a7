import { text, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import { subscriptionView } from "#tests/sandbox/shopify/views/bulk-view.ts";

interface SubscriptionInput {
  uri?: string | null;
  callbackUrl?: string | null;
  format?: string | null;
  name?: string | null;
  filter?: string | null;
  includeFields?: string[] | null;
  metafieldNamespaces?: string[] | null;
}

const SHOPIFY_HOSTS = /(^|\.)(shopify\.com|myshopify\.com|shopifypreview\.com)$/;

function refusal(context: AdminContext, topic: string, input: SubscriptionInput): string | null {
  const uri = input.uri ?? input.callbackUrl ?? "";
  const url = URL.canParse(uri) ? new URL(uri) : null;
  if (!url) return "Address is invalid";
  if (url.protocol !== "https:") return "Address protocol http:// is not supported";
  if (SHOPIFY_HOSTS.test(url.hostname)) return "Address cannot be a Shopify or an internal domain";
  const taken = context.store.records.apiSubscriptions.some(
    (one) =>
      one.topic === topic &&
      one.uri === uri &&
      one.format === (input.format ?? "JSON") &&
      one.filter === (input.filter ?? null),
  );
  return taken ? "Address for this topic has already been taken" : null;
}

function create(context: AdminContext, args: Arguments): View {
  const topic = text(args, "topic");
  const input = args["webhookSubscription"] as SubscriptionInput;
  const message = refusal(context, topic, input);
  if (message)
    return { webhookSubscription: null, userErrors: [{ field: ["webhookSubscription", "callbackUrl"], message }] };
  const record = {
    id: context.store.nextId("WebhookSubscription"),
    topic,
    uri: input.uri ?? input.callbackUrl ?? "",
    format: input.format ?? "JSON",
    name: input.name ?? null,
    filter: input.filter ?? null,
    includeFields: input.includeFields ?? [],
    metafieldNamespaces: input.metafieldNamespaces ?? [],
    createdAt: context.store.now(),
  };
  context.store.records.apiSubscriptions.push(record);
  context.store.onChange();
  return { webhookSubscription: subscriptionView(record), userErrors: [] };
}

function remove(context: AdminContext, args: Arguments): View {
  const id = text(args, "id");
  const list = context.store.records.apiSubscriptions;
  const index = list.findIndex((one) => one.id === id);
  if (index < 0) {
    const message = "Webhook subscription does not exist";
    return { deletedWebhookSubscriptionId: null, userErrors: [{ field: ["id"], message }] };
  }
  list.splice(index, 1);
  context.store.onChange();
  return { deletedWebhookSubscriptionId: id, userErrors: [] };
}

export function subscriptionMutations(context: AdminContext): View {
  return {
    webhookSubscriptionCreate: (args: Arguments) => create(context, args),
    webhookSubscriptionDelete: (args: Arguments) => remove(context, args),
  };
}
