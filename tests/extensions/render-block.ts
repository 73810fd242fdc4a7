import { readFile } from "node:fs/promises";
import { Liquid, type TagToken, type TopLevelToken } from "liquidjs";

const FOLDER = "extensions/storefront-tracking";

export interface BlockContext {
  settings?: Record<string, string>;
  /** Locale file without `.json`. */
  locale?: string;
  customerEmail?: string;
}

/** Renders the *Track my order* block as a storefront would, with the defaults of its schema. */
export async function renderTrackMyOrder({ settings = {}, locale = "en.default", customerEmail }: BlockContext = {}) {
  const source = await readFile(`${FOLDER}/blocks/track-my-order.liquid`, "utf8");
  const messages = JSON.parse(await readFile(`${FOLDER}/locales/${locale}.json`, "utf8")) as Record<string, object>;
  const engine = new Liquid({ root: `${FOLDER}/snippets`, extname: ".liquid", ownPropertyOnly: true });
  engine.registerTag("schema", silent("endschema"));
  engine.registerTag("doc", silent("enddoc"));
  engine.registerFilter("t", (key: string) => textOf(messages, key));
  const html: string = await engine.parseAndRender(source, {
    block: { id: "b1", shopify_attributes: "", settings: { ...defaults(source), ...settings } },
    request: { locale: { iso_code: locale.split(".")[0] } },
    ...(customerEmail === undefined ? {} : { customer: { email: customerEmail } }),
  });
  return html;
}

/** A tag whose body is for the editor or for people, not for the page. */
function silent(end: string) {
  return {
    parse(_tag: TagToken, rest: TopLevelToken[]) {
      while (rest.length > 0 && (rest.shift() as Partial<TagToken>).name !== end);
    },
    render: () => "",
  };
}

function defaults(source: string): Record<string, string> {
  const schema = /\{% schema %\}([\s\S]*)\{% endschema %\}/.exec(source)?.[1] ?? "{}";
  const { settings } = JSON.parse(schema) as { settings: Array<{ id?: string; default?: string }> };
  return Object.fromEntries(settings.flatMap(({ id, default: value }) => (id && value ? [[id, value]] : [])));
}

function textOf(messages: object, key: string): string {
  const value = key.split(".").reduce<unknown>((level, part) => (level as Record<string, unknown>)[part], messages);
  if (typeof value !== "string") throw new Error(`no translation for ${key}`);
  return value;
}
