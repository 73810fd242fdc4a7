import { readForecastFields, readPromiseFields } from "./promise-fields.ts";
import { type ShopSettings, shopSettingsSchema } from "./settings.ts";

/** The pages of the settings; each saves its own part. */
export type SettingsForm = "brand" | "sender" | "messages" | "privacy" | "promise" | "forecasts";

/** What is wrong with a field; each is a translation key under `problem_in.`. */
export type FieldFault =
  | "too_long"
  | "url"
  | "colour"
  | "email"
  | "days"
  | "hour"
  | "dates"
  | "rules"
  | "count"
  | "share"
  | "flood"
  | "invalid";

export type FormProblems = Partial<Record<string, FieldFault>>;

type Fields = Readonly<Record<string, string>>;

const FAULTS: Readonly<Record<string, FieldFault>> = {
  logoUrl: "url",
  supportUrl: "url",
  primaryColour: "colour",
  supportEmail: "email",
  replyTo: "email",
  fromAddress: "email",
  keepBuyerDataDays: "days",
  cutOffHour: "hour",
  collectionHour: "hour",
  closedOn: "dates",
  transit: "rules",
  processingDays: "count",
  domesticDays: "count",
  foreignDays: "count",
  delayProbability: "share",
};

/** The changed parts of the settings, or what is wrong with which field. Fields that a form does not have stay as they are. */
export function applySettingsForm(
  form: SettingsForm,
  before: ShopSettings,
  fields: Fields,
): { changes: Partial<ShopSettings> } | { problems: FormProblems } {
  const wanted = wantedParts(form, before, fields);
  const parsed = shopSettingsSchema.partial().safeParse(wanted);
  if (parsed.success) {
    const kept = Object.keys(wanted) as (keyof ShopSettings)[];
    return { changes: Object.fromEntries(kept.map((part) => [part, parsed.data[part]])) };
  }
  const problems: FormProblems = {};
  for (const issue of parsed.error.issues) {
    // Of a list the field is named, not the place in it.
    const name = String(issue.path.find((part) => FAULTS[String(part)]) ?? issue.path.at(-1) ?? "");
    problems[name] ??= issue.code === "too_big" && !FAULTS[name] ? "too_long" : (FAULTS[name] ?? "invalid");
  }
  return { problems };
}

function wantedParts(form: SettingsForm, before: ShopSettings, fields: Fields): Record<string, unknown> {
  switch (form) {
    case "brand":
      return { brand: { ...before.brand, ...pick(fields, Object.keys(before.brand)) } };
    case "sender":
      return { sender: { ...before.sender, ...pick(fields, ["fromName", "replyTo", "fromAddress"]) } };
    case "messages":
      return {
        messages: {
          ...before.messages,
          live: flag(fields["live"], before.messages.live),
          paused: flag(fields["paused"], before.messages.paused),
        },
        writeBack: { enabled: flag(fields["writeBack"], before.writeBack.enabled) },
      };
    case "promise":
      return { promise: { ...before.promise, ...readPromiseFields(fields) } };
    case "forecasts":
      return { foresight: { ...before.foresight, ...readForecastFields(fields) } };
    case "privacy":
      return { privacy: { ...before.privacy, ...wholeNumbers(pick(fields, Object.keys(before.privacy))) } };
  }
}

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name].trim()]])));
}

function flag(value: string | undefined, before: boolean): boolean {
  return value === undefined ? before : value === "true";
}

/** What is no number is handed on as it is, so that the schema says so. */
function wholeNumbers(fields: Fields): Record<string, unknown> {
  const read = (value: string) => (/^\d{1,5}$/.test(value) ? Number(value) : value);
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, read(value)]));
}
