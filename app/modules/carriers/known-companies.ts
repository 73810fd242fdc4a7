/**
 * Shopify's exact spellings (`FulfillmentTrackingInfo.company`, "Supported tracking companies" of the Admin API 2026-10),
 * and the names that merchants and apps write by hand, by our id. As keys: see `nameKey`.
 */
const COMPANIES: Readonly<Record<string, readonly string[]>> = {
  ups: ["ups", "united parcel service", "ups mail innovations", "ups surepost"],
  fedex: ["fedex", "federal express", "fed ex"],
  usps: ["usps", "united states postal service", "us postal service", "us mail"],
  "dhl-unified": ["dhl", "dhl parcel", "dhl parcel uk", "dhl parcel nl", "dhl global mail"],
  mydhl: ["dhl express", "mydhl", "dhl express worldwide"],
  "dhl-parcel-de": ["dhl paket", "dhl parcel de", "dhl germany", "dhl deutschland"],
  "dhl-ecommerce": ["dhl ecommerce", "dhl ecommerce asia", "dhl ecommerce us"],
  "deutsche-post": ["deutsche post", "deutsche post (de)", "deutsche post (en)"],
  "royal-mail": ["royal mail", "royalmail"],
  parcelforce: ["parcelforce", "parcelforce worldwide"],
  "canada-post": ["canada post", "canadapost", "postes canada"],
  "australia-post": ["australia post", "auspost", "aus post", "startrack", "star track"],
  "la-poste": ["la poste", "colissimo", "la poste colissimo", "laposte"],
  chronopost: ["chronopost", "chronopost france"],
  postnl: ["postnl", "post nl", "postnl international"],
  gls: ["gls", "gls italy", "gls us", "gls spain", "general logistics systems"],
  dpd: ["dpd", "dpd uk", "dpd local", "dpd ireland", "dpd germany", "dpd de", "dpdgroup"],
  "hermes-de": ["hermes", "hermes germany", "hermes de", "hermes world"],
  evri: ["evri", "hermes uk", "myhermes"],
  purolator: ["purolator", "purolator courier", "purolator international"],
  ontrac: ["ontrac", "on trac", "lasership", "laser ship"],
  "amazon-shipping": ["amazon", "amazon logistics", "amazon logistics uk", "amazon shipping", "amzl", "swiship"],
  landmark: ["landmark", "landmark global"],
  yanwen: ["yanwen", "yanwen express", "yanwen logistics"],
  "sf-express": ["sf express", "sf", "sf international", "shun feng", "shunfeng", "顺丰", "顺丰速运", "順豐速運"],
  "4px": ["4px"],
  "an-post": ["an post"],
  "austrian-post": ["österreichische post"],
  bluedart: ["bluedart"],
  bpost: ["bpost", "bpost international"],
  canpar: ["canpar"],
  "china-post": ["china post"],
  correios: ["correios"],
  correos: ["correos"],
  delhivery: ["delhivery"],
  "india-post": ["india post"],
  "japan-post": ["japan post", "japan post (en)", "japan post (ja)"],
  "new-zealand-post": ["new zealand post"],
  "old-dominion": ["old dominion"],
  "poste-italiane": ["poste italiane"],
  "singapore-post": ["singapore post"],
  "swiss-post": ["swiss post"],
  yodel: ["yodel"],
  yunexpress: ["yunexpress"],
};

/** Carriers whose name is followed by that of a service: "UPS Ground", "Royal Mail Tracked 48". */
const BRANDS = ["ups", "fedex", "usps", "dhl express", "dhl ecommerce", "dhl", "royal mail", "canada post"].concat([
  "australia post",
  "chronopost",
  "colissimo",
  "postnl",
  "gls",
  "dpd",
  "purolator",
  "ontrac",
]);

/** Services of one company: a number of the one is often known to the other. */
const RELATED: Readonly<Record<string, readonly string[]>> = {
  bpost: ["landmark"],
  chronopost: ["la-poste"],
  "deutsche-post": ["dhl-parcel-de", "dhl-unified"],
  "dhl-ecommerce": ["dhl-unified"],
  "dhl-parcel-de": ["dhl-unified"],
  "dhl-unified": ["mydhl", "dhl-parcel-de"],
  "la-poste": ["chronopost"],
  mydhl: ["dhl-unified"],
};

/** Registrable domains of the carriers' own tracking pages, by our id. */
const DOMAINS: Readonly<Record<string, string>> = {
  ups: "ups.com",
  fedex: "fedex.com",
  usps: "usps.com",
  "dhl-unified": "dhl.com dhl.co.uk dhlparcel.nl dhlparcel.co.uk dhl.fr dhl.es dhl.it dhl.nl",
  mydhl: "express.dhl dhlexpress.com",
  "dhl-parcel-de": "dhl.de",
  "dhl-ecommerce": "dhlecommerce.com dhlglobalmail.com",
  "deutsche-post": "deutschepost.de deutschepost.com",
  "royal-mail": "royalmail.com",
  parcelforce: "parcelforce.com",
  "canada-post": "canadapost-postescanada.ca canadapost.ca postescanada.ca",
  "australia-post": "auspost.com.au startrack.com.au",
  "la-poste": "laposte.fr colissimo.fr",
  chronopost: "chronopost.fr",
  postnl: "postnl.nl postnl.post postnl.be postnl.com",
  gls: "gls-group.com gls-group.eu gls-italy.com gls-us.com gls-spain.es gls-pakete.de",
  dpd: "dpd.com dpd.co.uk dpdlocal.co.uk dpd.de dpd.fr dpd.nl dpd.be dpd.ie dpd.at dpdgroup.com",
  "hermes-de": "myhermes.de hermesworld.com hermes-germany.de",
  evri: "evri.com",
  purolator: "purolator.com",
  ontrac: "ontrac.com lasership.com",
  "amazon-shipping":
    "amazon.com amazon.co.uk amazon.de amazon.fr amazon.it amazon.es amazon.ca swiship.com swiship.co.uk swiship.de",
  landmark: "landmarkglobal.com",
  yanwen: "yw56.com.cn yanwen.com",
  "sf-express": "sf-express.com sf-international.com",
  yodel: "yodel.co.uk",
  yunexpress: "yuntrack.com yunexpress.com",
};

const BY_NAME = inverted(Object.entries(COMPANIES));
const BY_DOMAIN = inverted(Object.entries(DOMAINS).map(([id, domains]) => [id, domains.split(" ")] as const));

function inverted(entries: readonly (readonly [id: string, words: readonly string[]])[]): ReadonlyMap<string, string> {
  return new Map(entries.flatMap(([id, words]) => words.map((word) => [word, id] as const)));
}

/** Our id for a company as Shopify spells it, whatever the case; null for "Other" and names of the merchant's own. */
export function carrierOfCompany(company: string | null): string | null {
  if (company === null) return null;
  const name = nameKey(company);
  const brand = BRANDS.find((one) => name.startsWith(`${one} `));
  return BY_NAME.get(name) ?? (brand === undefined ? null : (BY_NAME.get(brand) ?? null));
}

/** Lower case, one space between words, without the marks that lawyers add. */
function nameKey(company: string): string {
  return company
    .slice(0, 200)
    .replace(/[.®™]/g, "")
    .replace(/[\s_-]+/g, " ")
    .trim()
    .toLowerCase();
}

/** Other services of the same company that may know the carrier's numbers, best first. */
export function relatedCarriers(carrierId: string): readonly string[] {
  return Object.hasOwn(RELATED, carrierId) ? (RELATED[carrierId] ?? []) : [];
}

/** Our id for the carrier whose own page the URL leads to; null for other pages and for what is no http(s) URL. */
export function carrierOfUrl(url: string | null): string | null {
  const parsed = url === null ? null : URL.parse(url);
  if (parsed === null) return null;
  const { protocol, hostname } = parsed;
  if (protocol !== "https:" && protocol !== "http:") return null;
  const labels = hostname.toLowerCase().replace(/\.$/, "").split(".");
  for (let start = 0; start < labels.length - 1; start += 1) {
    const carrierId = BY_DOMAIN.get(labels.slice(start).join("."));
    if (carrierId !== undefined) return carrierId;
  }
  return null;
}
