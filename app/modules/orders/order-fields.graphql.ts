/** What is read of an order itself, by whichever way it is fetched: the two must give the same snapshot. */
export const ORDER_FIELDS = `#graphql
fragment OrderFields on Order {
  id
  name
  confirmationNumber
  checkoutToken
  createdAt
  processedAt
  updatedAt
  cancelledAt
  test
  tags
  email
  phone
  customerLocale
  displayFinancialStatus
  displayFulfillmentStatus
  requiresShipping
  customerAcceptsMarketing
  customer {
    id
    tags
    defaultPhoneNumber {
      smsMarketingConsent {
        state
      }
    }
  }
  totalPriceSet {
    shopMoney {
      amount
      currencyCode
    }
  }
  shippingAddress {
    name
    city
    provinceCode
    zip
    countryCodeV2
    phone
  }
  shippingLine {
    title
  }
}`;

/**
 * What is read of a fulfillment itself; how much of its lists is read depends on the query. Of its location only where
 * the shop has granted that.
 */
export const FULFILLMENT_FIELDS = `#graphql
fragment FulfillmentFields on Fulfillment {
  id
  name
  status
  displayStatus
  createdAt
  updatedAt
  deliveredAt
  estimatedDeliveryAt
  originAddress {
    countryCode
    provinceCode
    zip
  }
  location @include(if: $withLocations) {
    address {
      countryCode
      provinceCode
      zip
    }
  }
}`;

/** What is read of a line; of its product only where the shop has granted that. */
export const LINE_FIELDS = `#graphql
fragment LineFields on LineItem {
  id
  title
  variantTitle
  sku
  quantity
  currentQuantity
  requiresShipping
  image {
    url(transform: { maxWidth: 320, maxHeight: 320 })
  }
  product @include(if: $withProducts) {
    tags
  }
  originalUnitPriceSet {
    shopMoney {
      amount
      currencyCode
    }
  }
}`;
