/** Goods and people of the demo shop. Names, streets and addresses are invented; domains and phones are reserved ones. */
export interface CatalogProduct {
  title: string;
  type: string;
  tags: string[];
  colour: string;
  description: string;
  grams: number;
  priceCents: number;
  compareAtCents: number | null;
  variants: string[];
}

const sizes = ["S", "M", "L", "XL"];

export const CATALOG: CatalogProduct[] = [
  product("Trail Shell Jacket", "Jackets", 14800, 620, ["Pine / M", "Pine / L", "Slate / M"], "#2f5d50"),
  product("Merino Hiking Sock", "Socks", 2200, 90, ["Grey / 9-11", "Grey / 11-13"], "#8a8f98"),
  product("Ridge 28 Backpack", "Packs", 12900, 980, ["Ochre", "Black"], "#b9812b"),
  product("Switchback Fleece", "Fleece", 8900, 410, sizes, "#7b4b3a"),
  product("Granite Water Bottle 1 L", "Accessories", 3200, 310, ["Steel", "Moss"], "#5f7168"),
  product("Alpine Base Layer", "Base layers", 6400, 220, sizes, "#33475b"),
  product("Cairn Beanie", "Hats", 2800, 80, ["Charcoal", "Rust"], "#a4512f"),
  product("Basecamp Duffel 60", "Packs", 15900, 1450, ["Navy"], "#263a5e"),
  product("Lookout Headlamp", "Accessories", 4500, 95, ["400 lm"], "#c2a13a"),
  product("Scree Trekking Poles", "Accessories", 9900, 480, ["Pair"], "#4a4e57"),
  product("Summit Mitten", "Gloves", 5400, 140, ["M", "L"], "#6b3f57"),
  product("Northpeak Camp Mug", "Accessories", 1800, 210, ["Enamel"], "#3f6f8f"),
];

function product(
  ...[title, type, priceCents, grams, variants, colour]: [string, string, number, number, string[], string]
): CatalogProduct {
  return {
    title,
    type,
    priceCents,
    grams,
    variants,
    colour,
    compareAtCents: null,
    tags: [type.toLowerCase(), priceCents > 8000 ? "premium" : "essentials"],
    description: `${title} by Northpeak: made for long days outside, repaired for free.`,
  };
}

export interface SeedPlace {
  country: string;
  countryCode: string;
  locale: string;
  taxRate: number;
  carriers: string[];
  shipping: { title: string; cents: number }[];
  cities: [city: string, province: string | null, provinceCode: string | null, zip: string, lat: number, lon: number][];
  streets: string[];
  phone: string;
}

export const PLACES: SeedPlace[] = [
  {
    country: "United States",
    countryCode: "US",
    locale: "en-US",
    taxRate: 0.0825,
    carriers: ["UPS", "USPS", "FedEx", "UPS", "USPS"],
    shipping: [
      { title: "Standard", cents: 695 },
      { title: "Express", cents: 1895 },
    ],
    cities: [
      ["Austin", "Texas", "TX", "78704", 30.2459, -97.7594],
      ["Portland", "Oregon", "OR", "97202", 45.4826, -122.6443],
      ["Denver", "Colorado", "CO", "80205", 39.7596, -104.9662],
      ["Chicago", "Illinois", "IL", "60614", 41.9227, -87.6533],
      ["Brooklyn", "New York", "NY", "11215", 40.6628, -73.9856],
      ["Seattle", "Washington", "WA", "98103", 47.6735, -122.3426],
    ],
    streets: ["Juniper Street", "Cedar Avenue", "Mill Road", "Harbor Lane"],
    phone: "+1512555",
  },
  {
    country: "Canada",
    countryCode: "CA",
    locale: "en-CA",
    taxRate: 0.05,
    carriers: ["Canada Post", "UPS"],
    shipping: [{ title: "International Standard", cents: 1495 }],
    cities: [
      ["Vancouver", "British Columbia", "BC", "V5T 1R8", 49.2627, -123.1007],
      ["Toronto", "Ontario", "ON", "M6J 1E6", 43.6426, -79.4207],
    ],
    streets: ["Maple Crescent", "Queen Street West"],
    phone: "+1604555",
  },
  {
    country: "United Kingdom",
    countryCode: "GB",
    locale: "en-GB",
    taxRate: 0.2,
    carriers: ["Royal Mail", "DHL Express"],
    shipping: [{ title: "International Standard", cents: 1695 }],
    cities: [
      ["London", null, null, "E8 3DF", 51.5409, -0.0606],
      ["Manchester", null, null, "M4 5AD", 53.4839, -2.2339],
    ],
    streets: ["Chapel Road", "Station Terrace"],
    phone: "+447700900",
  },
  {
    country: "Germany",
    countryCode: "DE",
    locale: "de-DE",
    taxRate: 0.19,
    carriers: ["DPD", "DHL Express"],
    shipping: [{ title: "International Standard", cents: 1695 }],
    cities: [
      ["Hamburg", null, null, "22765", 53.5526, 9.9318],
      ["Leipzig", null, null, "04177", 51.3365, 12.3282],
    ],
    streets: ["Lindenstraße", "Am Mühlbach"],
    phone: "+4930000",
  },
  {
    country: "France",
    countryCode: "FR",
    locale: "fr-FR",
    taxRate: 0.2,
    carriers: ["Colissimo", "DHL Express"],
    shipping: [{ title: "International Standard", cents: 1695 }],
    cities: [["Lyon", null, null, "69004", 45.7794, 4.8276]],
    streets: ["Rue des Tanneurs"],
    phone: "+33199000",
  },
];

export const FIRST_NAMES = "Avery Jonas Priya Mateo Lena Noor Callum Inès Theo Hana Marta Oskar Ruth Diego Aiko".split(
  " ",
);
export const LAST_NAMES = "Lindqvist Okafor Brandt Moreau Tanaka Alvarez Whitfield Novak Hughes Petit Larsen Roy".split(
  " ",
);
