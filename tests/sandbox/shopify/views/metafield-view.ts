import { createHash } from "node:crypto";
import {
  appNamespace,
  instant,
  type AdminContext,
  type Arguments,
  type View,
} from "#tests/sandbox/shopify/graphql-context.ts";
import { legacyId } from "#tests/sandbox/shopify/shop-store.ts";
import type { MetafieldRecord } from "#tests/sandbox/shopify/store-records.ts";

export function compareDigest(metafield: MetafieldRecord): string {
  return createHash("sha256").update(`${metafield.type}\n${metafield.value}`).digest("hex");
}

function jsonValue(metafield: MetafieldRecord): unknown {
  return ["json", "boolean", "number_integer"].includes(metafield.type) ? JSON.parse(metafield.value) : metafield.value;
}

export function oneMetafield(metafield: MetafieldRecord): View {
  return {
    __typename: "Metafield",
    id: metafield.id,
    legacyResourceId: legacyId(metafield.id),
    namespace: metafield.namespace,
    key: metafield.key,
    type: metafield.type,
    value: metafield.value,
    jsonValue: () => jsonValue(metafield),
    compareDigest: compareDigest(metafield),
    sizeInBytes: Buffer.byteLength(metafield.value),
    createdAt: instant(metafield.createdAt),
    updatedAt: instant(metafield.updatedAt),
  };
}

/** `metafield(namespace:, key:)` of an owner; without a namespace the app's own is meant. */
export function metafieldView(context: AdminContext, metafields: MetafieldRecord[], args: Arguments): View | null {
  const namespace = appNamespace(context, args["namespace"]);
  const found = metafields.find((metafield) => metafield.namespace === namespace && metafield.key === args["key"]);
  return found ? oneMetafield(found) : null;
}
