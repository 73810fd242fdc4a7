import "@shopify/ui-extensions/preact";
import { render } from "preact";
import { FulfillmentStatus } from "./fulfillment-status.tsx";

/** Called by the order-status page once per fulfillment. */
export default function orderStatus(): void {
  render(<FulfillmentStatus />, document.body);
}
