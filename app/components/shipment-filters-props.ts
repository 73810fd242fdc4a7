import type { IndexQuery } from "#app/modules/shipments/index-query.ts";

/** What the list is asked now, and what it can be asked. */
export interface ShipmentFiltersProps {
  query: IndexQuery;
  counts: Readonly<Record<string, number>>;
  views: readonly { id: string; name: string; query: string }[];
  carriers: readonly { id: string; name: string }[];
}
