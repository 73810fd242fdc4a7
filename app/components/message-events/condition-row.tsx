import { BlockStack, Button, InlineGrid, InlineStack, Select, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import type { Condition } from "#app/modules/notifications/message-rules.ts";
import { NumberField } from "./number-field.tsx";

const FIELDS: readonly Condition["field"][] = [
  ...(["destination", "international", "carrier", "service", "shipping_option", "sub_status"] as const),
  ...(["order_tag", "customer_tag", "product_tag", "order_value", "first_order"] as const),
  ...(["split_order", "first_parcel", "days_late", "days_in_transit", "days_silent"] as const),
];

interface ConditionRowProps {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove?: () => void;
}

/** One condition: what is looked at, how it is compared, and with what. */
export function ConditionRow({ condition, onChange, onRemove }: ConditionRowProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  return (
    <BlockStack gap="150">
      <InlineGrid columns={{ xs: 1, sm: 3 }} gap="200">
        <Select
          label={texts("condition.field")}
          labelHidden
          onChange={(field) => onChange(emptyCondition(field as Condition["field"]))}
          options={FIELDS.map((value) => ({ value, label: textOf("condition", value) }))}
          value={condition.field}
        />
        <Select
          label={texts("condition.is")}
          labelHidden
          onChange={(is) => onChange(withComparison(condition, is))}
          options={comparisonsOf(condition).map((value) => ({ value, label: textOf("comparison", value) }))}
          value={String(condition.is)}
        />
        <ValueField condition={condition} onChange={onChange} />
      </InlineGrid>
      {onRemove && (
        <InlineStack>
          <Button onClick={onRemove} size="micro" variant="tertiary">
            {texts("condition.remove")}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}

function ValueField({ condition, onChange }: ConditionRowProps) {
  const texts = useTexts();
  if ("values" in condition) return <WordsField condition={condition} onChange={onChange} />;
  if (!("value" in condition)) return null;
  const isMoney = condition.field === "order_value";
  return (
    <NumberField
      label={texts("condition.value")}
      min={0}
      onChange={(value) => onChange({ ...condition, value: Math.round((value ?? 0) * (isMoney ? 100 : 1)) })}
      suffix={texts(isMoney ? "condition.money" : "event.days")}
      value={isMoney ? condition.value / 100 : condition.value}
    />
  );
}

type WordsCondition = Extract<Condition, { values: string[] }>;

/** Words with commas between them; what is typed stays as it is until the field is left. */
function WordsField({ condition, onChange }: { condition: WordsCondition; onChange: (condition: Condition) => void }) {
  const texts = useTexts();
  const [typed, setTyped] = useState(condition.values.join(", "));
  const keep = () => {
    const words = typed.split(",").map((word) => word.trim());
    const values = words.filter((word) => word !== "").map((word) => (isCode(condition) ? word.toUpperCase() : word));
    onChange({ ...condition, values });
  };
  return (
    <TextField
      autoComplete="off"
      label={texts("condition.value")}
      labelHidden
      onBlur={keep}
      onChange={setTyped}
      placeholder={texts(isCode(condition) ? "condition.countries" : "condition.words")}
      value={typed}
    />
  );
}

const isCode = ({ field }: Condition) => field === "destination";

function comparisonsOf({ field }: Condition): readonly string[] {
  switch (field) {
    case "service":
    case "shipping_option":
      return ["contains", "contains_not"];
    case "order_value":
    case "days_late":
    case "days_in_transit":
    case "days_silent":
      return ["at_least", "below"];
    case "international":
    case "first_parcel":
    case "split_order":
    case "first_order":
      return ["true", "false"];
    default:
      return ["any_of", "none_of"];
  }
}

function withComparison(condition: Condition, is: string): Condition {
  const value = typeof condition.is === "boolean" ? is === "true" : is;
  return { ...condition, is: value } as Condition;
}

function emptyCondition(field: Condition["field"]): Condition {
  const [first = "any_of"] = comparisonsOf({ field } as Condition);
  if (first === "true") return { field, is: true } as Condition;
  if (first === "at_least") return { field, is: first, value: 1 } as Condition;
  return { field, is: first, values: [] } as unknown as Condition;
}
