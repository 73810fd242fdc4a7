/**
 * Shopify's exact spellings (`FulfillmentTrackingInfo.company`, "Supported tracking companies" of the Admin API) → our
 * ids, in lower case because merchants and apps write them by hand.
 */
const COMPANIES: Readonly<Record<string, string>> = {
  "4px": "4px",
  amazon: "amazon",
  "amazon logistics uk": "amazon",
  "an post": "an-post",
  "australia post": "australia-post",
  bluedart: "bluedart",
  bpost: "bpost",
  "bpost international": "bpost",
  "canada post": "canada-post",
  canpar: "canpar",
  "china post": "china-post",
  chronopost: "chronopost",
  colissimo: "la-poste",
  "la poste colissimo": "la-poste",
  correios: "correios",
  correos: "correos",
  delhivery: "delhivery",
  "deutsche post": "deutsche-post",
  "deutsche post (de)": "deutsche-post",
  "deutsche post (en)": "deutsche-post",
  dhl: "dhl",
  "dhl ecommerce": "dhl-ecommerce",
  "dhl ecommerce asia": "dhl-ecommerce",
  "dhl express": "dhl-express",
  "dhl parcel": "dhl",
  dpd: "dpd",
  "dpd ireland": "dpd",
  "dpd local": "dpd-uk",
  "dpd uk": "dpd-uk",
  evri: "evri",
  fedex: "fedex",
  gls: "gls",
  "gls italy": "gls",
  hermes: "hermes-de",
  "india post": "india-post",
  "japan post (en)": "japan-post",
  "japan post (ja)": "japan-post",
  lasership: "ontrac",
  "new zealand post": "new-zealand-post",
  ontrac: "ontrac",
  parcelforce: "parcelforce",
  "poste italiane": "poste-italiane",
  postnl: "postnl",
  purolator: "purolator",
  "royal mail": "royal-mail",
  "sf express": "sf-express",
  "singapore post": "singapore-post",
  startrack: "australia-post",
  "swiss post": "swiss-post",
  ups: "ups",
  usps: "usps",
  yodel: "yodel",
  yunexpress: "yunexpress",
  "österreichische post": "austrian-post",
};

/** Registrable domains of the carriers' own tracking pages. */
const DOMAINS: Readonly<Record<string, string>> = {
  "amazon.com": "amazon",
  "auspost.com.au": "australia-post",
  "canadapost-postescanada.ca": "canada-post",
  "canadapost.ca": "canada-post",
  "chronopost.fr": "chronopost",
  "deutschepost.de": "deutsche-post",
  "dhl.com": "dhl",
  "dhl.de": "dhl",
  "dpd.co.uk": "dpd-uk",
  "dpd.com": "dpd",
  "evri.com": "evri",
  "fedex.com": "fedex",
  "gls-group.com": "gls",
  "gls-group.eu": "gls",
  "laposte.fr": "la-poste",
  "lasership.com": "ontrac",
  "ontrac.com": "ontrac",
  "postnl.nl": "postnl",
  "purolator.com": "purolator",
  "royalmail.com": "royal-mail",
  "ups.com": "ups",
  "usps.com": "usps",
  "yodel.co.uk": "yodel",
  "yuntrack.com": "yunexpress",
};

/** Our id for a company as Shopify spells it, whatever the case; null for "Other" and names of the merchant's own. */
export function carrierOfCompany(company: string | null): string | null {
  const name = (company ?? "").trim().replace(/\s+/g, " ").toLowerCase();
  return Object.hasOwn(COMPANIES, name) ? (COMPANIES[name] ?? null) : null;
}

/** Our id for the carrier whose own page the URL leads to; null for other pages and for what is no http(s) URL. */
export function carrierOfUrl(url: string | null): string | null {
  if (url === null || !URL.canParse(url)) return null;
  const { protocol, hostname } = new URL(url);
  if (protocol !== "https:" && protocol !== "http:") return null;
  const labels = hostname.toLowerCase().replace(/\.$/, "").split(".");
  for (let start = 0; start < labels.length - 1; start += 1) {
    const domain = labels.slice(start).join(".");
    if (Object.hasOwn(DOMAINS, domain)) return DOMAINS[domain] ?? null;
  }
  return null;
}
