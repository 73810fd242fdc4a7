import { Temporal } from "temporal-polyfill";

import type { Scan } from "../world/parcel.ts";

/** The instant of a scan as the clocks of one zone show it, wherever the parcel is: `local` without, `offset` as `±HH:MM`. */
export function timeInZone(scan: Scan, zone: string): { local: string; offset: string } {
  const zoned = Temporal.Instant.from(scan.at).toZonedDateTimeISO(zone);
  return { local: zoned.toPlainDateTime().toString({ smallestUnit: "second" }), offset: zoned.offset };
}
