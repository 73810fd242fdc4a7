import { useNavigation } from "@remix-run/react";
import { IndexFilters, IndexFiltersMode, useSetIndexFiltersMode } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { appliedFilters, filterControls } from "./shipment-filter-controls.tsx";
import type { ShipmentFiltersProps } from "./shipment-filters-props.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useIndexAddress } from "./use-index-address.ts";
import { useShipmentTabs } from "./use-shipment-tabs.ts";

/** A pause in typing after which the list is asked. */
const TYPING_MS = 300;

/** A list that is narrowed by nothing; the tab stays. */
const NOTHING = {
  ...{ q: null, carrier: null, country: null, from: null, to: null },
  ...{ problem: null, risk: null, day: null, scan: null, scored: null },
};

/** Tabs with counts, saved views, search and filters over the list. */
export function ShipmentFilters({ query, counts, views, carriers }: ShipmentFiltersProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const formats = useFormats();
  const { change } = useIndexAddress();
  const { state } = useNavigation();
  const [search, setSearch] = useSearch(query.q ?? "", (q) => change({ q }));
  const tabs = useShipmentTabs({ query, counts, views });
  const controls = { query, carriers, change, texts, textOf, formats };
  const applied = appliedFilters(controls);
  // A list that is narrowed says so at first sight: a link from home leads to one.
  const narrowed = Boolean(query.q) || applied.length > 0;
  const { mode, setMode } = useSetIndexFiltersMode(narrowed ? IndexFiltersMode.Filtering : IndexFiltersMode.Default);
  return (
    <IndexFilters
      appliedFilters={applied}
      cancelAction={{ onAction: () => setSearch("") }}
      canCreateNewView
      filters={filterControls(controls)}
      loading={state === "loading"}
      mode={mode}
      onClearAll={() => {
        setSearch("");
        change(NOTHING);
      }}
      onCreateNewView={tabs.create}
      onQueryChange={setSearch}
      onQueryClear={() => setSearch("")}
      onSelect={tabs.select}
      queryPlaceholder={texts("shipments.search")}
      queryValue={search}
      selected={tabs.selected}
      setMode={setMode}
      tabs={tabs.tabs}
    />
  );
}

/** The text in the field at once, the question after a pause; a new question from elsewhere is taken over. */
function useSearch(asked: string, ask: (text: string | null) => void): [string, (text: string) => void] {
  const [text, setText] = useState(asked);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => setText(asked), [asked]);
  useEffect(() => {
    if (text.trim() === asked) return;
    const timer = setTimeout(() => latest.current(text.trim() || null), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text, asked]);
  return [text, setText];
}
