/**
 * One page of orders in the order of their last change: what reconciliation walks. `fulfillmentLineItems` and `lineItems`
 * are cut at what nearly every order fits into; longer ones are fetched alone (`OrderRefresh`).
 */
export const ORDERS_PAGE = `#graphql
query OrdersPage($first: Int!, $after: String, $query: String!, $sortKey: OrderSortKeys!, $reverse: Boolean!) {
  orders(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes {
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
      fulfillments(first: 10) {
        id
        name
        status
        displayStatus
        createdAt
        updatedAt
        deliveredAt
        estimatedDeliveryAt
        trackingInfo(first: 20) {
          company
          number
          url
        }
        fulfillmentLineItems(first: 20) {
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
      lineItems(first: 30) {
        nodes {
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
        }
        pageInfo {
          hasNextPage
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}`;

/** How many orders a search finds; the progress of the import is measured against it. */
export const ORDERS_COUNT = `#graphql
query OrdersCount($query: String!) {
  ordersCount(query: $query, limit: 10000) {
    count
    precision
  }
}`;
