/** One fulfillment with Shopify's own delivery history, newest first: always read before an event is written. */
export const FULFILLMENT_HISTORY = `#graphql
query FulfillmentHistory($id: ID!) {
  fulfillment(id: $id) {
    id
    status
    displayStatus
    order {
      id
      cancelledAt
    }
    events(first: 100, sortKey: HAPPENED_AT, reverse: true) {
      nodes {
        id
        status
        message
        happenedAt
        createdAt
        estimatedDeliveryAt
        city
        province
        country
        zip
      }
    }
  }
}`;

/** Adds one delivery event. The API checks neither order nor repetition: that is on us. */
export const FULFILLMENT_EVENT_ADD = `#graphql
mutation FulfillmentEventAdd($event: FulfillmentEventInput!) {
  fulfillmentEventCreate(fulfillmentEvent: $event) {
    fulfillmentEvent {
      id
    }
    userErrors {
      field
      message
    }
  }
}`;
