import { WAREHOUSE } from "#tests/sandbox/world/places.ts";
import { instant, type AdminContext, type Arguments, type View } from "#tests/sandbox/shopify/graphql-context.ts";
import type { AddressRecord } from "#tests/sandbox/shopify/store-records.ts";
import { metafieldView } from "#tests/sandbox/shopify/views/metafield-view.ts";

export function shopView(context: AdminContext): View {
  const { facts } = context.store;
  return {
    __typename: "Shop",
    id: facts.id,
    name: facts.name,
    myshopifyDomain: facts.domain,
    url: `https://${facts.domain}`,
    email: facts.email,
    contactEmail: facts.email,
    shopOwnerName: facts.owner,
    ianaTimezone: facts.timeZone,
    timezoneAbbreviation: "CST",
    currencyCode: facts.currency,
    enabledPresentmentCurrencies: [facts.currency],
    weightUnit: "POUNDS",
    unitSystem: "IMPERIAL_SYSTEM",
    shipsToCountries: ["US", "CA", "GB", "DE", "FR"],
    transactionalSmsDisabled: false,
    marketingSmsConsentEnabledAtCheckout: false,
    orderNumberFormatPrefix: facts.orderPrefix,
    primaryDomain: { host: facts.domain, url: `https://${facts.domain}`, sslEnabled: true },
    plan: { displayName: "Basic", publicDisplayName: "Basic", partnerDevelopment: true, shopifyPlus: false },
    shopAddress: { ...facts.address, countryCodeV2: facts.address.countryCode, formatted: addressLines(facts.address) },
    createdAt: instant(facts.createdAt),
    customerAccountsV2: {
      customerAccountsVersion: facts.customerAccounts,
      loginRequiredAtCheckout: false,
      loginLinksVisibleOnStorefrontAndCheckout: true,
      url: `https://${facts.domain}/account`,
    },
  };
}

/** As Shopify writes an address for a label. */
function addressLines({ address1, address2, city, provinceCode, zip, country }: AddressRecord): string[] {
  const place = `${city}${provinceCode ? ` ${provinceCode}` : ""} ${zip}`;
  return [address1, address2, place, country].filter((line): line is string => Boolean(line));
}

export function installationView(context: AdminContext): View {
  const { installation } = context.store.records;
  return {
    __typename: "AppInstallation",
    id: installation.id,
    launchUrl: `${context.baseUrl}/admin/store/${context.store.facts.domain.split(".")[0]}/apps/${context.appHandle}`,
    app: { id: "gid://shopify/App/5801110007", handle: context.appHandle, title: "Doorstep", apiKey: context.apiKey },
    accessScopes: [...context.scopes].map((handle) => ({ handle })),
    activeSubscriptions: [],
    metafield: (args: Arguments) => metafieldView(context, installation.metafields, args),
  };
}

/** Not where the shop has its office: parcels leave from where the carriers collect them. */
export const WAREHOUSE_ADDRESS = {
  ...{ address1: "400 Dublin Avenue", address2: null, city: WAREHOUSE.city },
  ...{ provinceCode: WAREHOUSE.region, zip: WAREHOUSE.zip, countryCode: WAREHOUSE.country },
};

export function locationView(context: AdminContext): View {
  const { facts } = context.store;
  return {
    __typename: "Location",
    id: facts.locationId,
    name: `${WAREHOUSE.city} warehouse`,
    isActive: true,
    fulfillsOnlineOrders: true,
    isFulfillmentService: false,
    shipsInventory: true,
    address: {
      ...{ ...WAREHOUSE_ADDRESS, province: "Ohio", country: facts.address.country },
      ...{ phone: null, latitude: null, longitude: null },
    },
  };
}
