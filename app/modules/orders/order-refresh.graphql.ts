/** Everything about one order. */
export const ORDER_REFRESH = `#graphql
query OrderRefresh($id: ID!) {
  order(id: $id) {
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
    customer {
      id
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
    }
    shippingLine {
      title
    }
    fulfillments(first: 50) {
      id
      name
      status
      displayStatus
      createdAt
      updatedAt
      deliveredAt
      estimatedDeliveryAt
      trackingInfo(first: 50) {
        company
        number
        url
      }
      fulfillmentLineItems(first: 250) {
        nodes {
          quantity
          lineItem {
            id
          }
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    lineItems(first: 100) {
      nodes {
        ...LineFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

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
  originalUnitPriceSet {
    shopMoney {
      amount
      currencyCode
    }
  }
}`;

/** Further lines of a very long order. */
export const ORDER_LINES_PAGE = `#graphql
query OrderLinesPage($id: ID!, $after: String!) {
  order(id: $id) {
    id
    lineItems(first: 250, after: $after) {
      nodes {
        ...LineFields
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
}

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
  originalUnitPriceSet {
    shopMoney {
      amount
      currencyCode
    }
  }
}`;
