import type { World } from "../world.ts";
import { arrivalOf } from "../world/journey.ts";
import type { PushQueue } from "./push-queue.ts";
import { isRecord } from "./read-body.ts";
import { upsTrackAlert } from "./ups-activities.ts";

export interface UpsDestination {
  url: string;
  credential: string;
}

export type SubscriptionOutcome =
  | { kind: "subscribed"; valid: string[]; invalid: string[] }
  | { kind: "refused"; code: string; message: string; invalid: string[] };

const TRACKING_NUMBER = /^(1Z[0-9A-Z]{16}|1R[0-9A-Z]{14}|1R[0-9A-Z]{26})$/;
const SUBSCRIPTION_MS = 14 * 86_400_000;
const MAX_NUMBERS = 100;
const MAX_URL_LENGTH = 2_000;

const REJECTED = "The Subscription request has been rejected.";

const refuse = (code: string, message: string, invalid: string[] = []): SubscriptionOutcome => ({
  kind: "refused",
  code,
  message: message.endsWith("allowed.") ? message : `${message} ${REJECTED}`,
  invalid,
});

/** First fault of a subscription request, in the order of UPS's own error list; null when there is none. */
function findFault(body: unknown): SubscriptionOutcome | null {
  if (!isRecord(body)) return refuse("VSS110", "Subscription request is empty or not present.");
  const { locale, countryCode, trackingNumberList: numbers } = body;
  if (typeof locale !== "string" || locale === "") return refuse("VSS300", "Locale is required.");
  if (!/^[a-z]{2}_[A-Z]{2}$/.test(locale)) return refuse("VSS310", "Please enter a valid locale.");
  if (countryCode !== undefined && !/^[A-Z]{2}$/.test(String(countryCode)))
    return refuse("VSS400", "Please enter a valid country code.");
  if (!Array.isArray(numbers) || numbers.length === 0) return refuse("VSS200", "Tracking Number List is required.");
  if (numbers.length <= MAX_NUMBERS) return null;
  return refuse("VSS220", "You have submitted over 100 tracking numbers which is not allowed.");
}

/** The destination of a v1 request, or what is wrong with it. */
function readDestination(body: unknown): UpsDestination | SubscriptionOutcome {
  const destination = isRecord(body) ? body["destination"] : undefined;
  if (!isRecord(destination)) return refuse("VSS500", "Destination is required.");
  const { url, credential, credentialType } = destination;
  if (typeof url !== "string" || !URL.canParse(url)) return refuse("VSS600", "URL is empty or not present.");
  if (url.length > MAX_URL_LENGTH) return refuse("VSS610", "URL is too long.");
  if (typeof credential !== "string" || credential === "")
    return refuse("VSS700", "Credential is empty or not present.");
  if (typeof credentialType !== "string" || credentialType === "")
    return refuse("VSS800", "CredentialType is empty or not present.");
  return { url, credential };
}

export interface UpsSubscription {
  destination: UpsDestination;
  expiresAt: number;
  /** Scans already told, or older than the subscription: Track Alert keeps no history. */
  told: number;
  nextDueAt: number | null;
}

export interface UpsAlertsSnapshot {
  managed: UpsDestination | null;
  subscriptions: [trackingNumber: string, subscription: UpsSubscription][];
}

/** Track Alert: 14 days per number, no history, one push per scan, nothing repeated when the receiver is away. */
export class UpsAlerts {
  readonly #world: World;
  readonly #queue: PushQueue;
  readonly #subscriptions = new Map<string, UpsSubscription>();
  #managed: UpsDestination | null = null;

  constructor(world: World, queue: PushQueue) {
    this.#world = world;
    this.#queue = queue;
  }

  /** Version 1 names the destination in the request, version 2 uses the account's managed webhook. */
  subscribe(version: "v1" | "v2", body: unknown): SubscriptionOutcome {
    const fault = findFault(body);
    if (fault !== null) return fault;
    const managed = this.#managed ?? refuse("VSS500", "Destination is required.");
    const destination = version === "v1" ? readDestination(body) : managed;
    if ("kind" in destination) return destination;
    const list = isRecord(body) ? body["trackingNumberList"] : [];
    const numbers = (Array.isArray(list) ? list : []).map(String);
    const valid = numbers.filter((number) => TRACKING_NUMBER.test(number));
    const invalid = numbers.filter((number) => !TRACKING_NUMBER.test(number));
    if (valid.length === 0) {
      return refuse("VSS210", "The Subscription request should have at least one valid tracking number.", invalid);
    }
    const expiresAt = this.#now() + SUBSCRIPTION_MS;
    for (const number of valid) {
      // `nextDueAt: 0` = look at the first tick, because the world may learn of the number after the subscription.
      this.#subscriptions.set(number, { destination, expiresAt, told: this.#world.scans(number).length, nextDueAt: 0 });
    }
    return { kind: "subscribed", valid, invalid };
  }

  /** The webhook that the account set up outside the API, for version 2. */
  setManagedWebhook(destination: UpsDestination | null): void {
    this.#managed = destination;
  }

  /** Queues a push for every scan that has become due. */
  collectDue(): void {
    const now = this.#now();
    for (const [number, subscription] of this.#subscriptions) {
      if (subscription.expiresAt <= now) this.#subscriptions.delete(number);
      else if (subscription.nextDueAt !== null && subscription.nextDueAt <= now) this.#collect(number, subscription);
    }
  }

  count(): number {
    return this.#subscriptions.size;
  }

  snapshot(): UpsAlertsSnapshot {
    return { managed: this.#managed, subscriptions: [...this.#subscriptions] };
  }

  restore(saved: UpsAlertsSnapshot): void {
    this.#managed = saved.managed;
    this.#subscriptions.clear();
    for (const [number, subscription] of saved.subscriptions) this.#subscriptions.set(number, { ...subscription });
  }

  #collect(trackingNumber: string, subscription: UpsSubscription): void {
    const parcel = this.#world.parcel(trackingNumber);
    if (parcel === null) return;
    const scans = this.#world.scans(trackingNumber);
    const scheduledOn = arrivalOf(parcel, this.#world.clock.now())?.expectedOn ?? null;
    const { url, credential } = subscription.destination;
    const headers = { "content-type": "application/json", "user-agent": "UPSPubSubTrackingService", credential };
    for (const scan of scans.slice(subscription.told)) {
      this.#queue.push({ url, headers, body: JSON.stringify(upsTrackAlert({ trackingNumber, scan, scheduledOn })) });
    }
    subscription.told = scans.length;
    subscription.nextDueAt = this.#world.nextScanAt(trackingNumber);
  }

  #now(): number {
    return this.#world.clock.now().getTime();
  }
}
