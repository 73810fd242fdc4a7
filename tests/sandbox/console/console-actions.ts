import type { SandboxCarrierId, Scenario } from "../world/parcel.ts";

export interface PlaceAndShip {
  carrierId: SandboxCarrierId;
  scenario: Scenario;
  /** Parcels of the order, 1–5. */
  parcels: number;
}

export interface ConsoleOrder {
  /** As the merchant sees it: "#1024". */
  name: string;
  createdAt: string;
  email: string | null;
  trackingNumbers: string[];
}

/** What the Shopify sandbox does to its webhooks, each on or off. */
export interface WebhookFaults {
  duplicate: boolean;
  reorder: boolean;
  drop: boolean;
}

/** What the console can do in the Shopify sandbox; wired where the sandbox is put together. */
export interface ConsoleActions {
  /** Places an order, fulfils it with fresh parcels of the world, and gives the order's name. */
  placeAndShip(input: PlaceAndShip): Promise<{ orderName: string }>;
  /** Newest first, at most 20. */
  listOrders(): Promise<ConsoleOrder[]>;
  webhookFaults(): Promise<WebhookFaults>;
  setWebhookFaults(faults: WebhookFaults): Promise<void>;
}

export interface ConsoleLinks {
  admin: string;
  storefront: string;
  mailbox: string;
  console: string;
}
