import type { ShopSettings } from "./settings.ts";

type Promise = ShopSettings["promise"];
type Fields = Readonly<Record<string, string>>;

/** The promise rules as a form holds them: text and ticks. */
export interface PromiseFields {
  [name: string]: string | boolean;
  cutOffHour: string;
  processingDays: string;
  shipsOn: string;
  closedOn: string;
  collectionHour: string;
  /** Lines of the list as JSON: `[{ country, option, days }]`, every value a text. */
  transit: string;
  domesticDays: string;
  foreignDays: string;
  dateStyle: string;
}

/** The saved rules, ready to be typed over. */
export function writePromiseFields(promise: Promise): PromiseFields {
  return {
    cutOffHour: clockText(promise.cutOffHour),
    processingDays: String(promise.processingDays),
    shipsOn: promise.shipsOn.join(","),
    closedOn: promise.closedOn.join("\n"),
    collectionHour: clockText(promise.collectionHour),
    transit: JSON.stringify(promise.transit.map(({ days, ...rule }) => ({ ...rule, days: String(days) }))),
    domesticDays: String(promise.domesticDays),
    foreignDays: String(promise.foreignDays),
    dateStyle: promise.dateStyle,
  };
}

/** What was typed, as far as it can be read; the rest is handed on as it is, so that the schema says what is wrong. */
export function readPromiseFields(fields: Fields): Record<string, unknown> {
  const readers: Record<keyof Promise, (text: string) => unknown> = {
    cutOffHour: readClock,
    collectionHour: readClock,
    processingDays: readCount,
    domesticDays: readCount,
    foreignDays: readCount,
    shipsOn: (text) => [...new Set(splitList(text).map(readCount))].sort(),
    closedOn: (text) => [...new Set(splitList(text).map(readDate))].sort(),
    transit: readRules,
    dateStyle: (text) => text,
  };
  return Object.fromEntries(
    Object.entries(readers).flatMap(([name, read]) => {
      const text = fields[name];
      return text === undefined ? [] : [[name, read(text.trim())]];
    }),
  );
}

/** The settings of the forecasts; an empty chance means "as the history says". */
export function readForecastFields(fields: Fields): Record<string, unknown> {
  const { pool, delayPercent } = fields;
  const percent = delayPercent?.trim().replace("%", "").trim();
  return {
    ...(pool === undefined ? {} : { pool: pool === "true" }),
    ...(percent === undefined ? {} : { delayProbability: percent === "" ? null : readShare(percent) }),
  };
}

function readShare(percent: string): unknown {
  return /^\d{1,2}$/.test(percent) ? Number(percent) / 100 : percent;
}

/** 14.5 → "14:30". */
function clockText(hour: number): string {
  const minutes = Math.round(hour * 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function readClock(text: string): unknown {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])];
  return match && hours < 24 && minutes < 60 ? hours + minutes / 60 : text;
}

function readCount(text: string): unknown {
  return /^\d{1,3}$/.test(text) ? Number(text) : text;
}

/** A date that the calendar has; "2026-02-30" is handed on as something that is no date. */
function readDate(text: string): unknown {
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text) ? text : `?${text}`;
}

function splitList(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

function readRules(text: string): unknown {
  try {
    const lines: unknown = JSON.parse(text);
    if (!Array.isArray(lines)) return text;
    return lines.map((line: Record<string, unknown>) => ({
      country: String(line["country"] ?? "")
        .trim()
        .toUpperCase(),
      option: String(line["option"] ?? ""),
      days: readCount(String(line["days"] ?? "").trim()),
    }));
  } catch {
    return text;
  }
}
