import { Bleed, BlockStack, Box, Button, Checkbox, Collapsible, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import type { MessageRule } from "#app/modules/notifications/message-rules.ts";
import { ChannelChoice, type TextReadiness } from "./channel-choice.tsx";
import { ConditionRow } from "./condition-row.tsx";
import { NumberField } from "./number-field.tsx";

const MOST_CONDITIONS = 10;

interface RuleEditorProps {
  rule: MessageRule;
  invalid: boolean;
  ready: TextReadiness;
  onChange: (rule: MessageRule) => void;
  onRemove: () => void;
}

/** One rule: closed it is a sentence, open a form. */
export function RuleEditor(props: RuleEditorProps) {
  const texts = useTexts();
  const { rule, invalid } = props;
  const [open, setOpen] = useState(rule.when.some((one) => "values" in one && one.values.length === 0));
  return (
    <Box borderColor={invalid ? "border-critical" : "border"} borderRadius="200" borderWidth="025" padding="300">
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <BlockStack gap="050">
            <Text as="h3" variant="headingSm">
              {rule.name}
            </Text>
            <Text as="p" tone="subdued">
              <RuleSentence rule={rule} />
            </Text>
          </BlockStack>
          <Button
            accessibilityLabel={`${texts(open ? "rules.close" : "rules.edit")}: ${rule.name}`}
            ariaExpanded={open}
            disclosure={open ? "up" : "down"}
            onClick={() => setOpen(!open)}
            variant="tertiary"
          >
            {texts(open ? "rules.close" : "rules.edit")}
          </Button>
        </InlineStack>
        {invalid && (
          <Text as="p" tone="critical">
            {texts("rules_problem.invalid")}
          </Text>
        )}
        <Collapsible id={`rule-${rule.id}`} open={open}>
          <RuleFields {...props} />
        </Collapsible>
      </BlockStack>
    </Box>
  );
}

function RuleSentence({ rule }: { rule: MessageRule }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { channels, delayHours } = rule.then;
  const names = channels.map((name) => textOf("channel", name)).join(", ");
  const then = channels.length === 0 ? texts("rules.sends_nothing") : texts("rules.sends", { channels: names });
  const delay = channels.length > 0 && delayHours > 0 ? ` ${texts("events.after_hours", { count: delayHours })}` : "";
  return `${rule.on ? "" : `${texts("rules.off")} `}${texts("rules.conditions", { count: rule.when.length })} → ${then}${delay}`;
}

function RuleFields({ rule, ready, onChange, onRemove }: RuleEditorProps) {
  const texts = useTexts();
  const set = (part: Partial<MessageRule>) => onChange({ ...rule, ...part });
  const { when, then } = rule;
  return (
    <BlockStack gap="400">
      <TextField
        autoComplete="off"
        label={texts("rules.name")}
        maxLength={80}
        onChange={(name) => set({ name })}
        value={rule.name}
      />
      <BlockStack gap="300">
        <Text as="h4" variant="headingSm">
          {texts("rules.when")}
        </Text>
        {when.map((condition, position) => (
          <ConditionRow
            condition={condition}
            key={`${position} ${condition.field}`}
            onChange={(next) => set({ when: when.map((one, at) => (at === position ? next : one)) })}
            {...(when.length > 1 ? { onRemove: () => set({ when: when.filter((_one, at) => at !== position) }) } : {})}
          />
        ))}
        <InlineStack>
          <Button
            disabled={when.length >= MOST_CONDITIONS}
            onClick={() => set({ when: [...when, { field: "order_tag", is: "any_of", values: [] }] })}
            size="slim"
          >
            {texts("rules.add_condition")}
          </Button>
        </InlineStack>
      </BlockStack>
      <ChannelChoice
        label={texts("rules.then")}
        onChange={(channels) => set({ then: { ...then, channels } })}
        ready={ready}
        value={then.channels}
      />
      <NumberField
        label={texts("event.delay")}
        max={336}
        min={0}
        onChange={(hours) => set({ then: { ...then, delayHours: hours ?? 0 } })}
        suffix={texts("event.hours")}
        value={then.delayHours}
      />
      <Checkbox checked={rule.on} label={texts("rules.on")} onChange={(on) => set({ on })} />
      <Bleed marginInlineStart="200">
        <Button onClick={onRemove} tone="critical" variant="tertiary">
          {texts("rules.remove")}
        </Button>
      </Bleed>
    </BlockStack>
  );
}
