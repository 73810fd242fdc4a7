/** What we know a shop by; read after an install. */
export const SHOP_FACTS = `#graphql
  query ShopFacts {
    shop {
      id
      name
      email
      contactEmail
      ianaTimezone
      currencyCode
      orderNumberFormatPrefix
      shopAddress {
        countryCodeV2
        formatted
      }
    }
    currentAppInstallation {
      accessScopes {
        handle
      }
    }
  }
`;

/** The lightest question there is: it only keeps the token pair alive. */
export const KEEP_ALIVE = `#graphql
  query KeepAlive {
    shop {
      id
    }
  }
`;
