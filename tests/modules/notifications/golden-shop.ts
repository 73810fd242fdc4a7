import type { ShopTx } from "#app/lib/db.server.ts";
import { decideNotifications } from "#app/modules/notifications/decide-notifications.server.ts";
import type { DecisionBook } from "#app/modules/notifications/decision-book.ts";
import { recheckAll } from "#app/modules/notifications/recheck-message.server.ts";
import type { Recheck } from "#app/modules/notifications/recheck-message.ts";
import type { SaidMoment } from "#app/modules/notifications/rehearsal/forecast-replay.ts";
import { recordEvents } from "#app/modules/shipments/record-events.server.ts";
import { makeOrder, makeShipment, testKeys } from "#tests/support/factories.ts";
import type { ShipmentWorld } from "../shipments/shipment-world.ts";
import { carrierEvent, carrierShipment } from "../shipments/stored-events.ts";
import {
  GOLDEN_END,
  type GoldenForecast,
  type GoldenOrder,
  type GoldenParcel,
  type GoldenScan,
} from "./golden-history.ts";

/** Something that happens to an order, live. */
interface Step {
  at: number;
  play(): Promise<string>;
}

interface Made {
  orderId: string;
  shipments: Map<GoldenParcel, string>;
}

/** Plays a history through the engine as it runs live: at each moment what happened, what it calls for, then what is due. */
export class GoldenShop {
  readonly #world: ShipmentWorld;
  readonly #book: DecisionBook;
  readonly #made = new Map<GoldenOrder, Made>();
  /** What was foreseen, as foresight would tell it again. */
  readonly said = new Map<string, SaidMoment[]>();

  constructor(world: ShipmentWorld, book: DecisionBook) {
    this.#world = world;
    this.#book = book;
  }

  async play(orders: readonly GoldenOrder[]): Promise<void> {
    const steps = orders.flatMap((order) => this.#stepsOf(order)).sort((left, right) => left.at - right.at);
    for (;;) {
      const next = Math.min(steps[0]?.at ?? Infinity, await this.#nextDue());
      if (next > GOLDEN_END) return;
      this.#world.clock.set(new Date(next).toISOString());
      const touched = new Set<string>();
      for (let step = steps[0]; step && step.at === next; step = steps[0]) {
        steps.shift();
        touched.add(await step.play());
      }
      for (const orderId of [...touched, ...(await this.#dueReviews())]) await this.#decide(orderId);
      await this.#send();
    }
  }

  #decide(orderId: string) {
    const { db, clock, shopId } = this.#world;
    return decideNotifications({ db, clock, keys: testKeys }, { shopId, orderId }, this.#book);
  }

  #stepsOf(order: GoldenOrder): Step[] {
    const steps: Step[] = [{ at: order.placedAt, play: () => this.#place(order) }];
    const { cancelledAt } = order;
    if (cancelledAt !== null) steps.push({ at: cancelledAt, play: () => this.#cancel(order) });
    for (const parcel of order.parcels) {
      const at = (moment: number) => Math.max(moment, parcel.bornAt);
      steps.push({ at: parcel.bornAt, play: () => this.#ship(order, parcel) });
      for (const scan of parcel.scans)
        steps.push({ at: at(scan.heardAt), play: () => this.#hear(order, parcel, scan) });
      for (const said of parcel.forecasts)
        steps.push({ at: at(said.at), play: () => this.#foresee(order, parcel, said) });
    }
    return steps;
  }

  #inShop<T>(work: (tx: ShopTx) => Promise<T>): Promise<T> {
    return this.#world.db.forShop(this.#world.shopId, work);
  }

  async #place(order: GoldenOrder): Promise<string> {
    const { shopId, clock } = this.#world;
    const { orderId } = await this.#inShop(async (tx) => {
      const made = await makeOrder(tx, clock, {
        ...{ shopId, name: order.name, email: `person-${order.person}@example.com` },
        customerId: `gid://shopify/Customer/${order.person}`,
      });
      const phone = `+1512867${String(1_000 + order.person)}`;
      const data = { phone, smsMarketing: order.texts, emailMarketing: order.marketing };
      await tx.order.updateMany({ where: { shopId, id: made.orderId }, data });
      return made;
    });
    this.#made.set(order, { orderId, shipments: new Map() });
    return orderId;
  }

  #of(order: GoldenOrder): Made {
    const made = this.#made.get(order);
    if (!made) throw new Error(`${order.name} was not placed`);
    return made;
  }

  async #cancel(order: GoldenOrder): Promise<string> {
    const { orderId } = this.#of(order);
    const { shopId, clock } = this.#world;
    await this.#inShop((tx) =>
      tx.order.updateMany({ where: { shopId, id: orderId }, data: { cancelledAt: clock.now() } }),
    );
    return orderId;
  }

  async #ship(order: GoldenOrder, parcel: GoldenParcel): Promise<string> {
    const { orderId, shipments } = this.#of(order);
    const { shopId, clock } = this.#world;
    const isLast = shipments.size + 1 === order.parcels.length;
    const made = await this.#inShop(async (tx) => {
      const data = { fulfillmentStatus: "fulfilled" };
      if (isLast) await tx.order.updateMany({ where: { shopId, id: orderId }, data });
      return makeShipment(tx, clock, { shopId, orderId });
    });
    shipments.set(parcel, made.shipmentId);
    return orderId;
  }

  async #hear(order: GoldenOrder, parcel: GoldenParcel, scan: GoldenScan): Promise<string> {
    const { orderId, shipments } = this.#of(order);
    const { status, subStatus, at } = scan;
    const event = carrierEvent({ status, subStatus, code: `${status}-${subStatus ?? "x"}` }, new Date(at));
    const answer = { source: "poll" as const, carrier: "ups", shipment: carrierShipment("1Z", [event]) };
    await recordEvents(this.#world.deps, {
      ...{ shopId: this.#world.shopId, shipmentId: shipments.get(parcel) ?? "", answer },
    });
    return orderId;
  }

  async #foresee(order: GoldenOrder, parcel: GoldenParcel, { promisedOn, shownOn, troubles }: GoldenForecast) {
    const { orderId, shipments } = this.#of(order);
    const { shopId, clock } = this.#world;
    const shipmentId = shipments.get(parcel) ?? "";
    const now = clock.now();
    const shown = { on: shownOn, source: "forecast", coverage: 0.8 };
    const found = troubles.map((kind) => ({ kind, since: now.toISOString() }));
    const data = { promisedOn, shown, troubles: found, troubleKinds: troubles, updatedAt: now };
    const create = { ...data, shopId, shipmentId, modelVersion: "golden", facts: {}, journey: {}, createdAt: now };
    await this.#inShop((tx) =>
      tx.parcelForecast.upsert({ where: { shopId_shipmentId: { shopId, shipmentId } }, create, update: data }),
    );
    const moments = this.said.get(shipmentId) ?? [];
    moments.push({ at: now, forecast: { promisedOn, shown, troubles: found } });
    this.said.set(shipmentId, moments);
    return orderId;
  }

  async #nextDue(): Promise<number> {
    const { shopId } = this.#world;
    const [due, review] = await this.#inShop(async (tx) => [
      await tx.notification.aggregate({ where: { shopId, state: "queued" }, _min: { dueAt: true } }),
      await tx.messageReview.aggregate({ where: { shopId }, _min: { reviewAt: true } }),
    ]);
    return Math.min(due?._min.dueAt?.getTime() ?? Infinity, review?._min.reviewAt?.getTime() ?? Infinity);
  }

  async #dueReviews(): Promise<string[]> {
    const { shopId, clock } = this.#world;
    const rows = await this.#inShop((tx) =>
      tx.messageReview.findMany({ where: { shopId, reviewAt: { lte: clock.now() } } }),
    );
    return rows.map(({ orderId }) => orderId);
  }

  /** A sender that takes everything at once, and the same second look as before every sending. */
  async #send(): Promise<void> {
    const { shopId, clock } = this.#world;
    const now = clock.now();
    await this.#inShop(async (tx) => {
      const where = { shopId, state: "queued", dueAt: { lte: now } };
      const rows = await tx.notification.findMany({ where, orderBy: { id: "asc" } });
      const answers = await recheckAll({ clock, keys: testKeys }, tx, { shopId, rows }, this.#book);
      for (const row of rows) {
        const data = afterAnswer(answers.get(row.id), now);
        await tx.notification.update({
          where: { shopId_id: { shopId, id: row.id } },
          data: { ...data, updatedAt: now },
        });
      }
    });
  }
}

function afterAnswer(answer: Recheck | undefined, now: Date) {
  switch (answer?.action) {
    case "send":
      return { state: "sent", sentAt: now };
    case "wait":
      return { dueAt: answer.dueAt };
    case "drop":
      return { state: "dropped", error: answer.rule };
    default:
      throw new Error("no answer");
  }
}
