import { expect, test } from "vitest";
import { groupCarriers, type OfferedCarrier } from "#app/components/group-carriers.ts";

function offered(name: string, given: Partial<OfferedCarrier> = {}): OfferedCarrier {
  const id = name.toLowerCase().replace(/\W+/g, "-");
  return { id, name, kind: "carrier", region: "worldwide", share: 0, connected: 0, ...given };
}

const carriers = [
  offered("UPS", { share: 3 }),
  offered("FedEx", { share: 40, connected: 1 }),
  offered("PostNL", { region: "europe", share: 12 }),
  offered("La Poste", { region: "europe" }),
  offered("Yanwen", { region: "asia_pacific" }),
  offered("Somewhere", { region: "the moon" }),
  offered("EasyPost", { kind: "aggregator", share: 5 }),
];

const groups = (search = "") =>
  groupCarriers(carriers, search).map(({ name, members }) => [name, members.map((member) => member.name).join(", ")]);

test("what the shop ships with and has not connected comes first, the most used at the top", () => {
  expect(groups()).toEqual([
    ["recommended", "PostNL, UPS"],
    ["aggregator", "EasyPost"],
    ["worldwide", "FedEx"],
    ["europe", "La Poste"],
    ["asia_pacific", "Yanwen"],
    ["the moon", "Somewhere"],
  ]);
});

test.each([
  [
    "post",
    [
      ["recommended", "PostNL"],
      ["aggregator", "EasyPost"],
      ["europe", "La Poste"],
    ],
  ],
  ["LAPOSTE", [["europe", "La Poste"]]],
  ["  yan wen ", [["asia_pacific", "Yanwen"]]],
  ["zzz", []],
])("a search for %j finds by name, whatever the spaces and capitals", (search, expected) => {
  expect(groups(search)).toEqual(expected);
});
