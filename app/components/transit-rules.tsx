import { BlockStack, Button, FormLayout, InlineError, Text, TextField } from "@shopify/polaris";
import { useTexts } from "./texts.tsx";

interface Rule {
  country: string;
  option: string;
  days: string;
}

interface TransitRulesProps {
  /** The lines as JSON. */
  value: string;
  problem: string | undefined;
  onChange(value: string): void;
}

const MOST_RULES = 100;

/** How long parcels may take, by country and shipping option: the first line that fits counts. */
export function TransitRules({ value, problem, onChange }: TransitRulesProps) {
  const texts = useTexts();
  const rules = JSON.parse(value) as Rule[];
  const write = (next: readonly Rule[]) => onChange(JSON.stringify(next));
  const change = (position: number, part: Partial<Rule>) =>
    write(rules.map((rule, at) => (at === position ? { ...rule, ...part } : rule)));
  return (
    <BlockStack gap="300">
      <Text as="p" tone="subdued">
        {texts("promise.transit_help")}
      </Text>
      {rules.map((rule, position) => (
        <RuleLine
          change={(part) => change(position, part)}
          // Lines have no name of their own, and they are never sorted.
          key={position}
          position={position + 1}
          remove={() => write(rules.filter((_, at) => at !== position))}
          rule={rule}
        />
      ))}
      {problem && <InlineError fieldID="transit" message={problem} />}
      <div>
        <Button
          disabled={rules.length >= MOST_RULES}
          onClick={() => write([...rules, { country: "*", option: "", days: "5" }])}
        >
          {texts("promise.add_rule")}
        </Button>
      </div>
    </BlockStack>
  );
}

interface RuleLineProps {
  rule: Rule;
  position: number;
  change(part: Partial<Rule>): void;
  remove(): void;
}

function RuleLine({ rule, position, change, remove }: RuleLineProps) {
  const texts = useTexts();
  return (
    <div aria-label={texts("promise.rule", { position })} role="group">
      <FormLayout>
        <FormLayout.Group condensed>
          <TextField
            autoComplete="off"
            label={texts("promise.rule_country")}
            maxLength={2}
            onChange={(country) => change({ country: country.toUpperCase() })}
            value={rule.country}
          />
          <TextField
            autoComplete="off"
            label={texts("promise.rule_option")}
            maxLength={80}
            onChange={(option) => change({ option })}
            placeholder={texts("promise.any_option")}
            value={rule.option}
          />
          <TextField
            autoComplete="off"
            label={texts("promise.rule_days")}
            onChange={(days) => change({ days })}
            type="number"
            value={rule.days}
          />
        </FormLayout.Group>
        <Button accessibilityLabel={texts("promise.remove_rule", { position })} onClick={remove} variant="plain">
          {texts("promise.remove")}
        </Button>
      </FormLayout>
    </div>
  );
}
