import { Link } from "@remix-run/react";
import type { RehearsalSummary } from "#app/modules/notifications/rehearsal/rehearsal-summary.ts";
import { useFormats } from "./formats.ts";

const DAY_MS = 86_400_000;

/** One square per day, the darker the more messages; each opens what it counts. */
export function RehearsalCalendar({
  days,
  from,
  to,
  list,
}: {
  days: RehearsalSummary["byDay"];
  from: string;
  to: string;
  list: string;
}) {
  const { shortDay, number } = useFormats();
  const counts = new Map<string, number>();
  for (const { on, count } of days) counts.set(on, (counts.get(on) ?? 0) + count);
  const most = Math.max(1, ...counts.values());
  const length = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  const all = Array.from({ length }, (_, step) =>
    new Date(Date.parse(from) + step * DAY_MS).toISOString().slice(0, 10),
  );
  return (
    <div style={{ display: "grid", gap: "0.25rem", gridTemplateColumns: "repeat(auto-fill, minmax(5.5rem, 1fr))" }}>
      {all.map((on) => {
        const count = counts.get(on) ?? 0;
        return (
          <Link
            key={on}
            style={{
              background: shade(count / most),
              borderRadius: "0.375rem",
              color: "inherit",
              padding: "0.375rem 0.5rem",
              textDecoration: "none",
            }}
            to={`${list}?on=${on}&outcome=said`}
          >
            <span style={{ display: "block", fontSize: "0.75rem" }}>{shortDay(on)}</span>
            <strong>{number(count)}</strong>
          </Link>
        );
      })}
    </div>
  );
}

/** Pale enough at its darkest for black letters on it. */
const shade = (share: number): string => `color-mix(in srgb, #6fb6ff ${Math.round(share * 100)}%, #f3f4f5)`;
