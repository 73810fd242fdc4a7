import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { receiveShopifyWebhook } from "#app/modules/intake/receive-shopify-webhook.server.ts";
import { webServices } from "#app/services.server.ts";

/** Every webhook of Shopify, the compliance ones included. */
export const action = ({ request }: ActionFunctionArgs) => receiveShopifyWebhook(webServices(), request);

/** Anything but POST is answered, not rendered. */
export const loader = ({ request }: LoaderFunctionArgs) => receiveShopifyWebhook(webServices(), request);
