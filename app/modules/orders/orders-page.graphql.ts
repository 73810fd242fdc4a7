import { FULFILLMENT_FIELDS, LINE_FIELDS, ORDER_FIELDS } from "./order-fields.graphql.ts";

/**
 * One page of orders in the order of their last change: what reconciliation walks. `fulfillmentLineItems` and `lineItems`
 * are cut at what nearly every order fits into; longer ones are fetched alone (`OrderRefresh`).
 */
export const ORDERS_PAGE = `#graphql
query OrdersPage(
  $first: Int!
  $after: String
  $query: String!
  $sortKey: OrderSortKeys!
  $reverse: Boolean!
  $withProducts: Boolean!
  $withLocations: Boolean!
) {
  orders(first: $first, after: $after, query: $query, sortKey: $sortKey, reverse: $reverse) {
    nodes {
      ...OrderFields
      fulfillments(first: 10) {
        ...FulfillmentFields
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
          ...LineFields
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
}
${ORDER_FIELDS}
${FULFILLMENT_FIELDS}
${LINE_FIELDS}`;

/** How many orders a search finds; the progress of the import is measured against it. */
export const ORDERS_COUNT = `#graphql
query OrdersCount($query: String!) {
  ordersCount(query: $query, limit: 10000) {
    count
    precision
  }
}`;
