import {
  type AppliedFilterInterface,
  BlockStack,
  ChoiceList,
  type FilterInterface,
  Text,
  TextField,
} from "@shopify/polaris";
import { useState } from "react";
import type { Translator } from "#app/lib/i18n.ts";
import type { IndexQuery } from "#app/modules/shipments/index-query.ts";
import type { Formats } from "./formats.ts";
import type { AdminKey, useTextOf } from "./texts.tsx";
import type { IndexParameter } from "./use-index-address.ts";

interface ControlsInput {
  query: IndexQuery;
  carriers: readonly { id: string; name: string }[];
  change(changes: Partial<Record<IndexParameter, string | null>>): void;
  texts: Translator<AdminKey>;
  textOf: ReturnType<typeof useTextOf>;
  formats: Formats;
}

/** In the order in which they are offered (index-query). */
const PROBLEMS = [
  "unscanned",
  "unchecked",
  "statusConflict",
  "reusedNumber",
  "partlyDelivered",
  "movedAfterReturn",
  "postDeliveryScans",
  "unknownCode",
  "crossBorder",
];

const RISKS = ["any", "suspected_lost", "delayed", "delay_predicted", "stalled", "label_unscanned"];

export function filterControls(input: ControlsInput): FilterInterface[] {
  const { texts, query, change } = input;
  return [
    choice(
      input,
      "carrier",
      input.carriers.map(({ id, name }) => ({ value: id, label: name })),
    ),
    choice(
      input,
      "problem",
      PROBLEMS.map((name) => ({ value: name, label: input.textOf("problems", name) })),
    ),
    choice(
      input,
      "risk",
      RISKS.map((name) => ({ value: name, label: input.textOf("risk", name) })),
    ),
    {
      key: "country",
      label: texts("filter.country"),
      filter: <CountryField {...input} />,
    },
    {
      key: "created",
      label: texts("filter.created"),
      filter: (
        <BlockStack gap="200">
          {(["from", "to"] as const).map((name) => (
            <TextField
              autoComplete="off"
              key={name}
              label={texts(`filter.${name}`)}
              onChange={(value) => change({ [name]: value || null })}
              type="date"
              value={query[name] ?? ""}
            />
          ))}
        </BlockStack>
      ),
    },
    ...fromLinks(input),
  ];
}

/** What only a link can ask for: shown while it is asked, so that it can be taken off; never offered. */
function fromLinks(input: ControlsInput): FilterInterface[] {
  return appliedFilters(input)
    .filter(({ key }) => key === "scan" || key === "day" || key === "scored")
    .map(({ key, label }) => ({ key, label, filter: <Text as="p">{label}</Text> }));
}

function choice(
  { texts, query, change }: ControlsInput,
  name: "carrier" | "problem" | "risk",
  choices: { value: string; label: string }[],
): FilterInterface {
  const selected = query[name];
  return {
    key: name,
    label: texts(`filter.${name}`),
    shortcut: true,
    filter: (
      <ChoiceList
        choices={choices}
        onChange={([value]) => change({ [name]: value ?? null })}
        selected={selected ? [selected] : []}
        title={texts(`filter.${name}`)}
        titleHidden
      />
    ),
  };
}

/** Two letters make a question; one is still being typed. */
function CountryField({ texts, query, change }: ControlsInput) {
  const [typed, setTyped] = useState(query.country ?? "");
  return (
    <TextField
      autoComplete="off"
      helpText={texts("filter.country_hint")}
      label={texts("filter.country")}
      labelHidden
      maxLength={2}
      onChange={(value) => {
        const code = value.toUpperCase().replace(/[^A-Z]/g, "");
        setTyped(code);
        if (code.length !== 1) change({ country: code || null });
      }}
      placeholder="US"
      value={typed}
    />
  );
}

/** What is filtered by now, each with a way to take it off. */
export function appliedFilters({ query, carriers, change, texts, textOf, formats }: ControlsInput) {
  const applied: AppliedFilterInterface[] = [];
  const add = (key: string, label: string, names: IndexParameter[]) =>
    applied.push({ key, label, onRemove: () => change(Object.fromEntries(names.map((name) => [name, null]))) });
  const { carrier, country, from, to, problem, risk, day, scan, scored } = query;
  if (carrier) {
    const name = carriers.find(({ id }) => id === carrier)?.name ?? carrier;
    add("carrier", `${texts("filter.carrier")}: ${name}`, ["carrier"]);
  }
  if (problem) add("problem", textOf("problems", problem), ["problem"]);
  if (risk) add("risk", `${texts("filter.risk")}: ${textOf("risk", risk)}`, ["risk"]);
  if (country) add("country", `${texts("filter.country")}: ${formats.country(country)}`, ["country"]);
  if (from || to) {
    const span = [from && formats.date(from), to && formats.date(to)].map((part) => part ?? "…").join(" – ");
    add("created", `${texts("filter.created")}: ${span}`, ["from", "to"]);
  }
  if (scan) add("scan", texts("filter.scan", { code: scan.slice(scan.indexOf(":") + 1) }), ["scan"]);
  if (scored) {
    const [first = "", last] = scored.split("_");
    const key = last === undefined ? "filter.scored_since" : "filter.scored_week";
    add("scored", texts(key, { date: formats.date(first) }), ["scored"]);
  }
  if (day) add("day", texts(`filter.${day}`), ["day"]);
  return applied;
}
