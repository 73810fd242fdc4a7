import { CATALOG, FIRST_NAMES, LAST_NAMES, PLACES, type SeedPlace } from "#tests/sandbox/shopify/seed/catalog.ts";
import type { Random } from "#tests/sandbox/shopify/seed/random.ts";
import type { ShopStore } from "#tests/sandbox/shopify/shop-store.ts";
import type { AddressRecord, CustomerRecord, ShopFacts } from "#tests/sandbox/shopify/store-records.ts";

/** Facts of a shop by its domain; the demo shop is a US outdoor brand. */
export function shopFacts(domain: string, now: string): ShopFacts {
  const handle = domain.replace(/\.myshopify\.com$/, "");
  const words = handle.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const number = [...domain].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_000_007, 7);
  return {
    id: `gid://shopify/Shop/7${String(number).padStart(10, "0")}`,
    name: words.join(" "),
    domain,
    email: `hello@${handle}.example`,
    owner: "Mika Sato",
    timeZone: "America/Chicago",
    currency: "USD",
    locale: "en",
    orderPrefix: "#",
    locationId: `gid://shopify/Location/8${String(number).padStart(10, "0")}`,
    createdAt: now,
    customerAccounts: "NEW_CUSTOMER_ACCOUNTS",
    address: {
      firstName: "Mika",
      lastName: "Sato",
      company: words.join(" "),
      address1: "1200 Barton Springs Rd",
      address2: null,
      city: "Austin",
      province: "Texas",
      provinceCode: "TX",
      zip: "78704",
      country: "United States",
      countryCode: "US",
      phone: "+15125550100",
      latitude: 30.2598,
      longitude: -97.7566,
    },
  };
}

export function seedProducts(store: ShopStore): void {
  for (const item of CATALOG) {
    const handle = item.title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const code = item.title.replace(/[^A-Z]/g, "").slice(0, 3);
    store.records.products.push({
      id: store.nextId("Product"),
      handle,
      title: item.title,
      vendor: "Northpeak",
      productType: item.type,
      tags: item.tags,
      colour: item.colour,
      description: item.description,
      createdAt: store.now(),
      variants: item.variants.map((title) => ({
        id: store.nextId("ProductVariant"),
        title,
        sku: `NP-${code}-${title.replace(/[^A-Za-z0-9]+/g, "-").toUpperCase()}`,
        priceCents: item.priceCents,
        compareAtCents: item.compareAtCents,
        grams: item.grams,
      })),
    });
  }
}

function makeAddress(random: Random, place: SeedPlace, name: { firstName: string; lastName: string }): AddressRecord {
  const [city, province, provinceCode, zip, latitude, longitude] = random.pick(place.cities);
  const street = random.pick(place.streets);
  const house = String(random.integer(2, 480));
  const address1 = place.countryCode === "DE" ? `${street} ${house}` : `${house} ${street}`;
  const address2 = random.next() < 0.2 ? `Apt ${random.integer(1, 40)}` : null;
  const phone = `${place.phone}0${random.digits(3)}`;
  const { country, countryCode } = place;
  return {
    ...name,
    company: null,
    address1,
    address2,
    city,
    province,
    provinceCode,
    zip,
    country,
    countryCode,
    phone,
    latitude,
    longitude,
  };
}

/** Two thirds of the buyers live in the shop's own country. */
export function seedCustomers(store: ShopStore, random: Random, count: number): void {
  const [home, ...abroad] = PLACES;
  if (!home) throw new Error("no places");
  for (let index = 0; index < count; index += 1) {
    const place = random.next() < 0.66 ? home : random.pick(abroad);
    const name = { firstName: random.pick(FIRST_NAMES), lastName: random.pick(LAST_NAMES) };
    const address = makeAddress(random, place, name);
    const mailbox = `${name.firstName}.${name.lastName}.${index + 1}`.normalize("NFD").replace(/[^A-Za-z0-9.]/g, "");
    const customer: CustomerRecord = {
      id: store.nextId("Customer"),
      ...name,
      email: `${mailbox.toLowerCase()}@example.com`,
      phone: random.next() < 0.4 ? address.phone : null,
      locale: place.locale,
      acceptsMarketing: random.next() < 0.5,
      acceptsTexts: index % 5 === 0,
      tags: index % 10 === 0 ? ["vip"] : [],
      createdAt: store.now(),
      address,
    };
    store.records.customers.push(customer);
  }
}

export function placeOf(customer: CustomerRecord): SeedPlace {
  const place = PLACES.find((candidate) => candidate.countryCode === customer.address.countryCode) ?? PLACES[0];
  if (!place) throw new Error("no places");
  return place;
}
