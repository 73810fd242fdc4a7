import { z } from "zod";

/**
 * What Shopify accepts in the `{% schema %}` of an app block. Theme check ships no schema for it, so a wrong target, a
 * misspelt setting type or a long name would pass until the deploy, or until a merchant opens the editor.
 */
export interface BlockSchemaContext {
  /** Legal `type` values of a setting, from the data that theme check ships. */
  settingTypes: ReadonlySet<string>;
  /** File names in `assets/`. */
  assets: ReadonlySet<string>;
  /** Flat keys of the schema locale files, by file; `t:` references are looked up in each. */
  translations: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

const MAX_NAME = 25;
const place = z.strictObject({ templates: z.array(z.string()).optional(), groups: z.array(z.string()).optional() });
const option = z.strictObject({ value: z.string(), label: z.string(), group: z.string().optional() });

const setting = z.looseObject({
  type: z.string(),
  id: z
    .string()
    .regex(/^[a-z][a-z0-9_]*$/, "is not a lower-case id")
    .optional(),
  label: z.string().min(1).optional(),
  content: z.string().min(1).optional(),
  info: z.string().optional(),
  default: z.unknown().optional(),
  options: z.array(option).min(1).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  step: z.number().positive().optional(),
});
type Setting = z.infer<typeof setting>;

const blockSchema = z
  .strictObject({
    name: z.string().min(1),
    target: z.enum(["section", "head", "body", "compliance_head"]),
    stylesheet: z.string().optional(),
    javascript: z.string().optional(),
    class: z.string().optional(),
    tag: z.string().nullable().optional(),
    enabled_on: place.optional(),
    disabled_on: place.optional(),
    available_if: z
      .string()
      .regex(/^\{\{ app\.metafields\.[\w-]+\.[\w-]+ \}\}$/, "must be one app metafield")
      .optional(),
    settings: z.array(setting).default([]),
    default: z.looseObject({}).optional(),
  })
  .refine((block) => !(block.enabled_on && block.disabled_on), "has enabled_on and disabled_on; only one is allowed");

/** Checks one block file; returns problems without the file's name. */
export function blockSchemaProblems(liquid: string, context: BlockSchemaContext): string[] {
  const schemas = [...liquid.matchAll(/\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/g)];
  if (schemas.length !== 1) return [`has ${schemas.length} schema tags, must have one`];
  let json: unknown;
  try {
    json = JSON.parse(schemas[0]?.[1] ?? "");
  } catch (error) {
    return [`schema is not JSON: ${error instanceof Error ? error.message : String(error)}`];
  }
  const parsed = blockSchema.safeParse(json);
  if (!parsed.success) {
    return parsed.error.issues.map((issue) => `schema.${issue.path.join(".")}: ${issue.message}`);
  }
  const block = parsed.data;
  return [
    ...nameProblems(block.name, context),
    ...[block.stylesheet, block.javascript]
      .filter((asset) => asset !== undefined && !context.assets.has(asset))
      .map((asset) => `asset ${asset} does not exist`),
    ...block.settings.flatMap((entry) => settingProblems(entry, context)),
    ...repeated(block.settings.flatMap(({ id }) => id ?? [])).map((id) => `setting id ${id} is used twice`),
    ...missingTranslations(JSON.stringify(json), context),
    ...unknownSettings(liquid, block.settings),
  ];
}

/** The name is cut off in the editor in every language in which it is too long. */
function nameProblems(name: string, { translations }: BlockSchemaContext): string[] {
  if (!name.startsWith("t:")) return name.length > MAX_NAME ? [`name is longer than ${MAX_NAME} characters`] : [];
  return [...translations].flatMap(([file, texts]) => {
    const length = texts.get(name.slice(2))?.length ?? 0;
    return length > MAX_NAME ? [`name has ${length} characters in ${file}, allowed are ${MAX_NAME}`] : [];
  });
}

function settingProblems(entry: Setting, { settingTypes }: BlockSchemaContext): string[] {
  const label = `setting ${entry.id ?? entry.content ?? "?"}`;
  if (!settingTypes.has(entry.type)) return [`${label}: type ${entry.type} does not exist`];
  // A theme defines its scheme group; a block cannot bring one.
  if (entry.type === "color_scheme_group") return [`${label}: type ${entry.type} is not for blocks`];
  if (entry.type === "header" || entry.type === "paragraph") {
    return entry.content ? [] : [`${label}: ${entry.type} needs content`];
  }
  const problems = [];
  if (!entry.id) problems.push(`${label}: id is missing`);
  if (!entry.label) problems.push(`${label}: label is missing`);
  if (entry.default === "") problems.push(`${label}: an empty default is refused; leave it out`);
  if (entry.type === "range") problems.push(...rangeProblems(entry, label));
  if (entry.type === "select" || entry.type === "radio") problems.push(...optionProblems(entry, label));
  return problems;
}

function rangeProblems({ min, max, step, default: value }: Setting, label: string): string[] {
  if (min === undefined || max === undefined || step === undefined) return [`${label}: range needs min, max and step`];
  if (typeof value !== "number") return [`${label}: range needs a default`];
  const steps = (value - min) / step;
  const fits = value >= min && value <= max && Math.abs(steps - Math.round(steps)) < 1e-9;
  return fits ? [] : [`${label}: default ${value} is not on the range`];
}

function optionProblems({ options, default: value }: Setting, label: string): string[] {
  if (!options) return [`${label}: options are missing`];
  const values = options.map((entry) => entry.value);
  const problems = repeated(values).map((entry) => `${label}: option ${entry} is there twice`);
  if (value !== undefined && !values.includes(String(value))) problems.push(`${label}: default is not an option`);
  return problems;
}

function missingTranslations(schema: string, { translations }: BlockSchemaContext): string[] {
  const keys = [...schema.matchAll(/"t:([\w.-]+)"/g)].flatMap((match) => match[1] ?? []);
  return [...translations].flatMap(([file, texts]) =>
    keys.filter((key) => !texts.has(key)).map((key) => `translation ${key} is missing in ${file}`),
  );
}

function unknownSettings(liquid: string, settings: readonly Setting[]): string[] {
  const declared = new Set(settings.flatMap(({ id }) => id ?? []));
  const used = new Set([...liquid.matchAll(/block\.settings\.(\w+)/g)].flatMap((match) => match[1] ?? []));
  return [
    ...[...used].filter((id) => !declared.has(id)).map((id) => `block.settings.${id} is not in the schema`),
    ...[...declared].filter((id) => !used.has(id)).map((id) => `setting ${id} is not used in the block`),
  ];
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
