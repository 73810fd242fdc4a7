import { beforeEach, describe, expect, it } from "vitest";
import {
  createSavedView,
  listSavedViews,
  removeSavedView,
  renameSavedView,
} from "#app/modules/shops/saved-views.server.ts";
import { makeShop } from "#tests/support/factories.ts";
import { keepOpen } from "#tests/support/keep-open.ts";
import { openEdge } from "./edge-services.ts";

const edge = keepOpen(openEdge);
let shopId: string;
const page = "shipments";

beforeEach(async () => {
  ({ shopId } = await makeShop(edge.services.db, edge.clock));
});

const create = (name: string, query = "status=in_transit") =>
  edge.services.db.forShop(shopId, (tx) => createSavedView(tx, edge.services, { shopId, page, name, query }));
const rename = (id: string, name: string, owner = shopId) =>
  edge.services.db.forShop(owner, (tx) => renameSavedView(tx, { shopId: owner, page, id, name }));
const names = async () =>
  (await edge.services.db.forShop(shopId, (tx) => listSavedViews(tx, { shopId, page }))).map(({ name }) => name);

async function created(name: string): Promise<string> {
  const outcome = await create(name);
  if (outcome.kind !== "saved") throw new Error(outcome.kind);
  return outcome.id;
}

describe("a saved view", () => {
  it("is one, however often the button is pressed and however its name is written", async () => {
    const outcomes = await Promise.all(
      ["Late parcels", " Late  parcels ", "Late\u00a0parcels"].map((name) => create(name)),
    );
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["name_taken", "name_taken", "saved"]);
    expect(await names()).toEqual(["Late parcels"]);
  });

  it.each([[""], ["   "], ["x".repeat(41)], ["Late\u0000"], ["Late\u0007"]])("is not called %j", async (name) => {
    const id = await created("Late");
    expect(await create(name)).toEqual({ kind: "name_invalid" });
    expect(await rename(id, name)).toEqual({ kind: "name_invalid" });
    expect(await names()).toEqual(["Late"]);
  });

  it("keeps no query that is too long or cannot be stored", async () => {
    expect(await create("Long", "q".repeat(501))).toEqual({ kind: "name_invalid" });
    expect(await create("Odd", "q=\u0000")).toEqual({ kind: "name_invalid" });
    expect(await create("Full", "q".repeat(500))).toMatchObject({ kind: "saved" });
  });

  it("is one of 25 at most, also when many are made at once", async () => {
    for (let index = 0; index < 24; index += 1) await created(`View ${index}`);
    const outcomes = await Promise.all(["A", "B", "C"].map((name) => create(name)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["saved", "too_many", "too_many"]);
  });

  it("can keep its own name, not take another's, and belongs to its shop", async () => {
    const id = await created("One");
    await created("Two");
    expect(await rename(id, "One")).toEqual({ kind: "saved", id });
    expect(await rename(id, "Two")).toEqual({ kind: "name_taken" });
    const other = await makeShop(edge.services.db, edge.clock);
    expect(await rename(id, "Mine", other.shopId)).toEqual({ kind: "not_found" });
    const remove = (owner: string) =>
      edge.services.db.forShop(owner, (tx) => removeSavedView(tx, { shopId: owner, page, id }));
    expect(await remove(other.shopId)).toEqual({ kind: "not_found" });
    expect(await remove(shopId)).toEqual({ kind: "removed" });
    expect(await remove(shopId)).toEqual({ kind: "not_found" });
    expect(await names()).toEqual(["Two"]);
  });
});
