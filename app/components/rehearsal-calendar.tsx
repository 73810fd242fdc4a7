import { Link } from "@remix-run/react";
import type { CSSProperties } from "react";
import type { RehearsalSummary } from "#app/modules/notifications/rehearsal/rehearsal-summary.ts";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";

const DAY_MS = 86_400_000;
/** A Monday. */
const ANY_WEEK = "2026-11-23";
const HEADING: CSSProperties = { color: "var(--p-color-text-secondary)", fontSize: "0.75rem", fontWeight: 450 };
const WEEK: CSSProperties = { ...HEADING, paddingInlineEnd: "0.25rem", textAlign: "start", whiteSpace: "nowrap" };
const SQUARE: CSSProperties = {
  borderRadius: "0.375rem",
  color: "inherit",
  display: "block",
  fontWeight: 650,
  paddingBlock: "0.5rem",
  textAlign: "center",
  textDecoration: "none",
};

interface RehearsalCalendarProps {
  days: RehearsalSummary["byDay"];
  from: string;
  to: string;
  list: string;
}

/** A line per week and a square per day, the darker the more messages; each opens what it counts. Fits a phone. */
export function RehearsalCalendar({ days, from, to, list }: RehearsalCalendarProps) {
  const texts = useTexts();
  const { day, dayMonth, narrowWeekday, number } = useFormats();
  const counts = new Map<string, number>();
  for (const { on, count } of days) counts.set(on, (counts.get(on) ?? 0) + count);
  const most = Math.max(1, ...counts.values());
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  const square = (on: string) => {
    if (on < first || on > last) return null;
    const count = counts.get(on) ?? 0;
    const label = texts("rehearsal.on_day", { day: day(on), count });
    const style = { ...SQUARE, background: shade(count / most) };
    if (count === 0) {
      return (
        <span style={{ ...style, color: "var(--p-color-text-secondary)", fontWeight: 450 }} title={label}>
          {number(0)}
        </span>
      );
    }
    return (
      <Link aria-label={label} style={style} title={label} to={`${list}?on=${on}&outcome=said`}>
        {number(count)}
      </Link>
    );
  };
  return (
    <table style={{ borderCollapse: "separate", borderSpacing: "0.1875rem", tableLayout: "fixed", width: "100%" }}>
      <thead>
        <tr>
          <td style={{ width: "3.5rem" }} />
          {daysFrom(ANY_WEEK).map((on) => (
            <th key={on} scope="col" style={HEADING}>
              {narrowWeekday(on)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksBetween(first, last).map((monday) => (
          <tr key={monday}>
            <th scope="row" style={WEEK}>
              {dayMonth(monday)}
            </th>
            {daysFrom(monday).map((on) => (
              <td key={on} style={{ padding: 0 }}>
                {square(on)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const plus = (on: string, days: number): string => new Date(Date.parse(on) + days * DAY_MS).toISOString().slice(0, 10);

const daysFrom = (monday: string): string[] => Array.from({ length: 7 }, (_, step) => plus(monday, step));

/** The Mondays of the weeks that hold any of these days. */
function weeksBetween(first: string, last: string): string[] {
  const monday = plus(first, -((new Date(first).getUTCDay() + 6) % 7));
  const count = Math.floor((Date.parse(last) - Date.parse(monday)) / (7 * DAY_MS)) + 1;
  return Array.from({ length: count }, (_, week) => plus(monday, 7 * week));
}

/** Pale enough at its darkest for black letters on it. */
const shade = (share: number): string => `color-mix(in srgb, #6fb6ff ${Math.round(share * 100)}%, #f3f4f5)`;
