import {
  appNamespace,
  requireScope,
  type AdminContext,
  type Arguments,
  type View,
} from "#tests/sandbox/shopify/graphql-context.ts";
import type { MetafieldRecord } from "#tests/sandbox/shopify/store-records.ts";
import { compareDigest, oneMetafield } from "#tests/sandbox/shopify/views/metafield-view.ts";

const MAX_METAFIELDS = 25;
const MAX_VALUE = 65_536;
/** Definitions that stand in shopify.app.toml: their type need not be sent. */
const DEFINED_TYPES: Record<string, string> = { "order.delivery_state": "json" };

interface SetInput {
  ownerId: string;
  namespace?: string | null;
  key: string;
  type?: string | null;
  value: string;
  compareDigest?: string | null;
}

interface UserError {
  code: string;
  field: string[];
  message: string;
  elementIndex: number | null;
}

function ownedBy(context: AdminContext, ownerId: string, mutation: string): MetafieldRecord[] | null {
  const { installation } = context.store.records;
  if (ownerId === installation.id) return installation.metafields;
  const order = context.store.order(ownerId);
  if (!order) return null;
  requireScope(context, mutation, "write_orders");
  return order.metafields;
}

function fitsType(type: string, value: string): boolean {
  if (type === "json") {
    try {
      JSON.parse(value);
      return true;
    } catch {
      return false;
    }
  }
  if (type === "boolean") return value === "true" || value === "false";
  return type === "number_integer" ? /^-?\d+$/.test(value) : true;
}

function checkInput(
  input: SetInput,
  type: string | undefined,
  held: MetafieldRecord | undefined,
): [string, string, string] | null {
  if (!type) return ["BLANK", "type", "Type can't be blank"];
  if (input.value === "") return ["BLANK", "value", "Value can't be blank"];
  if (input.value.length > MAX_VALUE)
    return ["TOO_LONG", "value", `Value is too long (maximum is ${MAX_VALUE} characters)`];
  if (!fitsType(type, input.value)) return ["INVALID_VALUE", "value", `Value is invalid for type ${type}`];
  if (held && held.type !== type) return ["INVALID_TYPE", "type", `Type must be ${held.type}`];
  const { compareDigest: expected } = input;
  if (expected === undefined) return null;
  const actual = held ? compareDigest(held) : null;
  if (actual === expected) return null;
  return [
    "STALE_OBJECT",
    "compareDigest",
    "The resource has been updated since it was loaded. Try again with an updated compareDigest.",
  ];
}

/** All or nothing: one bad entry and none is written. */
function setMetafields(context: AdminContext, args: Arguments): View {
  const inputs = args["metafields"] as SetInput[];
  const refuse = (...userErrors: UserError[]): View => ({ metafields: null, userErrors });
  if (inputs.length > MAX_METAFIELDS) {
    const message = `Exceeded the maximum metafields input limit of ${MAX_METAFIELDS}.`;
    return refuse({ code: "LESS_THAN_OR_EQUAL_TO", field: ["metafields"], message, elementIndex: null });
  }
  const errors: UserError[] = [];
  const writes: (() => MetafieldRecord)[] = [];
  inputs.forEach((input, index) => {
    const fail = (code: string, name: string, message: string): void => {
      errors.push({ code, field: ["metafields", String(index), name], message, elementIndex: null });
    };
    const list = ownedBy(context, input.ownerId, "metafieldsSet");
    if (!list) return fail("INVALID", "ownerId", "Owner does not exist.");
    const namespace = appNamespace(context, input.namespace);
    const held = list.find((metafield) => metafield.namespace === namespace && metafield.key === input.key);
    const owner = input.ownerId.split("/")[3]?.toLowerCase() ?? "";
    const type = input.type ?? held?.type ?? DEFINED_TYPES[`${owner}.${input.key}`];
    const problem = checkInput(input, type, held);
    if (problem) return fail(...problem);
    writes.push(() => write(context, { list, held, namespace, type: type ?? "json", input }));
  });
  if (errors.length > 0) return refuse(...errors);
  const written = writes.map((run) => oneMetafield(run()));
  context.store.onChange();
  return { metafields: written, userErrors: [] };
}

interface WriteInput {
  list: MetafieldRecord[];
  held: MetafieldRecord | undefined;
  namespace: string;
  type: string;
  input: SetInput;
}

function write(context: AdminContext, { list, held, namespace, type, input }: WriteInput): MetafieldRecord {
  const now = context.store.now();
  if (held) return Object.assign(held, { value: input.value, updatedAt: now });
  const { ownerId, key, value } = input;
  const id = context.store.nextId("Metafield");
  const created: MetafieldRecord = { id, ownerId, namespace, key, type, value, createdAt: now, updatedAt: now };
  list.push(created);
  return created;
}

function deleteMetafields(context: AdminContext, args: Arguments): View {
  const inputs = args["metafields"] as { ownerId: string; namespace: string; key: string }[];
  const deletedMetafields = inputs.map((input) => {
    const list = ownedBy(context, input.ownerId, "metafieldsDelete");
    const namespace = appNamespace(context, input.namespace);
    const index =
      list?.findIndex((metafield) => metafield.namespace === namespace && metafield.key === input.key) ?? -1;
    if (!list || index < 0) return null;
    list.splice(index, 1);
    return { ownerId: input.ownerId, namespace, key: input.key };
  });
  context.store.onChange();
  return { deletedMetafields, userErrors: [] };
}

export function metafieldMutations(context: AdminContext): View {
  return {
    metafieldsSet: (args: Arguments) => setMetafields(context, args),
    metafieldsDelete: (args: Arguments) => deleteMetafields(context, args),
  };
}
