/** What Shopify's Liquid knows and liquidjs does not is settled in the text before parsing. */
export interface PreparedSource {
  template: string;
  /** Text between `{% schema %}` and `{% endschema %}`, if any. */
  schema: string | null;
  /** False after `{% layout none %}`: the page then stands without the theme. */
  layout: boolean;
}

const SCHEMA = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/g;
const DROPPED = /\{%-?\s*(doc|stylesheet|javascript)\s*-?%\}[\s\S]*?\{%-?\s*end\1\s*-?%\}/g;
const LAYOUT = /\{%-?\s*layout\s+('[^']*'|"[^"]*"|\w+)\s*-?%\}/g;
const FORM = /\{%-?\s*form\s+[^%]*-?%\}|\{%-?\s*endform\s*-?%\}/g;

export function prepareLiquid(source: string): PreparedSource {
  let schema: string | null = null;
  let layout = true;
  const template = source
    .replace(SCHEMA, (_whole, body: string) => {
      schema = body;
      return "";
    })
    .replace(DROPPED, "")
    .replace(LAYOUT, (_whole, name: string) => {
      if (name === "none") layout = false;
      return "";
    })
    .replace(/\{%-?\s*style\s*-?%\}/g, "<style data-shopify>")
    .replace(/\{%-?\s*endstyle\s*-?%\}/g, "</style>")
    .replace(FORM, "");
  return { template, schema, layout };
}
