import { ChoiceList } from "@shopify/polaris";
import { useTexts } from "./texts.tsx";

/** Monday first, by their numbers (0 = Sunday). */
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0];
/** 2024-01-07 was a Sunday. */
const nameOf = (locale: string, weekday: number): string =>
  new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    new Date(Date.UTC(2024, 0, 7 + weekday)),
  );

interface WeekdayChoiceProps {
  /** Numbers of the weekdays, separated by commas. */
  chosen: string;
  onChange(chosen: string): void;
}

/** On which weekdays parcels leave. */
export function WeekdayChoice({ chosen, onChange }: WeekdayChoiceProps) {
  const texts = useTexts();
  return (
    <ChoiceList
      allowMultiple
      choices={WEEKDAYS.map((weekday) => ({ value: String(weekday), label: nameOf(texts.locale, weekday) }))}
      onChange={(selected) => onChange([...selected].sort().join(","))}
      selected={chosen.split(",").filter(Boolean)}
      title={texts("promise.ships_on")}
    />
  );
}
