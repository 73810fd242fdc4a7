import { useFetcher } from "@remix-run/react";
import type { TabProps } from "@shopify/polaris";
import { showToast } from "./app-bridge.ts";
import type { ShipmentFiltersProps } from "./shipment-filters-props.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";
import { useCounted } from "./use-counted.ts";
import { useIndexAddress } from "./use-index-address.ts";

/** In the order in which they stand (index-query). */
const TABS = [
  "all",
  "attention",
  "risk",
  "waiting",
  "in_transit",
  "out_for_delivery",
  "available_for_pickup",
  "delivered",
  "ended",
] as const;

/** The fixed tabs and behind them the saved views, which can be renamed and removed. */
export function useShipmentTabs({ query, counts, views }: Pick<ShipmentFiltersProps, "query" | "counts" | "views">) {
  const texts = useTexts();
  const counted = useCounted();
  const { change, open, asked } = useIndexAddress();
  const fetcher = useViewFetcher();
  const submit = (fields: Record<string, string>) => fetcher.submit(fields, { method: "post" });
  const fixed: TabProps[] = TABS.map((tab) => ({
    id: `tab-${tab}`,
    content: texts(`tab.${tab}`),
    badge: counted(counts[tab] ?? 0),
    isLocked: true,
  }));
  const saved: TabProps[] = views.map((view) => ({
    id: view.id,
    content: view.name,
    actions: [
      {
        type: "rename",
        onPrimaryAction: (name) => {
          submit({ intent: "rename", id: view.id, name });
          return Promise.resolve(true);
        },
      },
      {
        type: "delete",
        onPrimaryAction: () => {
          submit({ intent: "remove", id: view.id });
          change({ tab: null });
          return Promise.resolve(true);
        },
      },
    ],
  }));
  const view = asked === "" ? -1 : views.findIndex((one) => one.query === asked);
  return {
    tabs: [...fixed, ...saved],
    selected: view >= 0 ? TABS.length + view : Math.max(0, TABS.indexOf(query.tab)),
    select: (index: number) => {
      const chosen = views[index - TABS.length];
      if (chosen) open(chosen.query);
      else change({ tab: TABS[index] ?? null, day: null });
    },
    create: (name: string) => {
      submit({ intent: "create", name, query: asked });
      return Promise.resolve(true);
    },
  };
}

/** Says in a word what became of a saved view. */
function useViewFetcher() {
  const fetcher = useFetcher<{ kind: string }>();
  const textOf = useTextOf();
  useAnswer(fetcher, ({ kind }) => showToast(textOf("view", kind, "problem.title")));
  return fetcher;
}
