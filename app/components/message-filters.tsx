import { useSearchParams } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { Box, Button, InlineGrid, InlineStack, Select, Tabs, Tag, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useRef, useState } from "react";
import type { LogQuery } from "#app/modules/notifications/log-query.ts";
import { useTextOf, useTexts } from "./texts.tsx";

type Query = SerializeFrom<LogQuery>;

const STATES = ["all", "sent", "suppressed", "queued", "failed", "unknown"] as const;
const CHANNELS = ["email", "sms", "whatsapp"] as const;
const DELIVERIES = [
  "delivered",
  "opened",
  "clicked",
  "delayed",
  "bounced",
  "complained",
  "suppressed",
  "failed",
] as const;

/** What is looked for in the log; every choice stands in the page's address. */
export function MessageFilters({ query, kinds }: { query: Query; kinds: readonly string[] }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const [, setParameters] = useSearchParams();
  const [open, setOpen] = useState(Boolean(query.kind ?? query.channel ?? query.delivery ?? query.from ?? query.to));
  const ask = (name: keyof Query, value: string | null) =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      after.delete("after");
      if (value) after.set(name, value);
      else after.delete(name);
      return after;
    });
  const choice = (name: "kind" | "channel" | "delivery", values: readonly string[], words: string) => (
    <Select
      label={texts(`messages.${name}`)}
      onChange={(value) => ask(name, value)}
      options={[
        { label: texts("messages.any"), value: "" },
        ...values.map((value) => ({ value, label: textOf(words, value) })),
      ]}
      value={query[name] ?? ""}
    />
  );
  return (
    <>
      <Tabs
        onSelect={(index) => ask("state", index === 0 ? null : (STATES[index] ?? null))}
        selected={Math.max(
          0,
          STATES.findIndex((name) => name === query.state),
        )}
        tabs={STATES.map((name) => ({ id: name, content: texts(`messages.tab_${name}`) }))}
      />
      <Box padding="300">
        <InlineGrid alignItems="end" columns="1fr auto" gap="200">
          <SearchField onSearch={(value) => ask("q", value)} value={query.q ?? ""} />
          <Button ariaExpanded={open} onClick={() => setOpen(!open)}>
            {texts("messages.filters")}
          </Button>
        </InlineGrid>
        {open && (
          <Box paddingBlockStart="300">
            <InlineGrid columns={{ xs: 1, sm: 2, lg: 5 }} gap="300">
              {choice("kind", kinds, "kind")}
              {choice("channel", CHANNELS, "channel")}
              {choice("delivery", DELIVERIES, "delivery")}
              <DayField label={texts("messages.from")} onChange={(value) => ask("from", value)} value={query.from} />
              <DayField label={texts("messages.to")} onChange={(value) => ask("to", value)} value={query.to} />
            </InlineGrid>
          </Box>
        )}
        <Narrowed ask={ask} query={query} />
      </Box>
    </>
  );
}

/** Searches when somebody has stopped typing. */
function SearchField({ value, onSearch }: { value: string; onSearch(value: string): void }) {
  const texts = useTexts();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  // Only typing starts the clock: the page's own answer changes `value`, too.
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onSearch(text.trim()), 500);
  };
  return (
    <TextField
      autoComplete="off"
      clearButton
      label={texts("messages.search")}
      labelHidden
      maxLength={200}
      onChange={change}
      onClearButtonClick={() => change("")}
      placeholder={texts("messages.search")}
      prefix={<SearchIcon height={20} width={20} />}
      value={typed}
    />
  );
}

interface DayFieldProps {
  label: string;
  value: string | undefined;
  onChange(value: string | null): void;
}

function DayField({ label, value, onChange }: DayFieldProps) {
  return <TextField autoComplete="off" label={label} onChange={onChange} type="date" value={value ?? ""} />;
}

/** A search that no field shows: one order's messages, or one person's. */
function Narrowed({ query, ask }: { query: Query; ask(name: "order" | "person", value: null): void }) {
  const texts = useTexts();
  const names = (["order", "person"] as const).filter((name) => query[name] !== undefined);
  if (names.length === 0) return null;
  return (
    <Box paddingBlockStart="300">
      <InlineStack gap="200">
        {names.map((name) => (
          <Tag key={name} onRemove={() => ask(name, null)}>
            {texts(`messages.only_${name}`)}
          </Tag>
        ))}
      </InlineStack>
    </Box>
  );
}
