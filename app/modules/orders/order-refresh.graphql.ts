import { FULFILLMENT_FIELDS, LINE_FIELDS, ORDER_FIELDS } from "./order-fields.graphql.ts";

/** Everything about one order. */
export const ORDER_REFRESH = `#graphql
query OrderRefresh($id: ID!, $withProducts: Boolean!, $withLocations: Boolean!) {
  order(id: $id) {
    ...OrderFields
    fulfillments(first: 50) {
      ...FulfillmentFields
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
${ORDER_FIELDS}
${FULFILLMENT_FIELDS}
${LINE_FIELDS}`;

/** Further lines of a very long order. */
export const ORDER_LINES_PAGE = `#graphql
query OrderLinesPage($id: ID!, $after: String!, $withProducts: Boolean!) {
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
${LINE_FIELDS}`;
