import { describe, expect, it } from "vitest";
import { writePromiseFields } from "#app/modules/shops/promise-fields.ts";
import { applySettingsForm } from "#app/modules/shops/settings-form.ts";
import { readSettings } from "#app/modules/shops/settings.ts";

const usual = readSettings({});
const problemsOf = (fields: Record<string, string>) => {
  const read = applySettingsForm("promise", usual, fields);
  return "problems" in read ? read.problems : {};
};
const promiseOf = (fields: Record<string, string>) => {
  const read = applySettingsForm("promise", usual, fields);
  if ("problems" in read) throw new Error(JSON.stringify(read.problems));
  return read.changes.promise;
};

describe("the promise rules in a form", () => {
  it("come back as they were saved", () => {
    const promise = {
      ...usual.promise,
      ...{
        cutOffHour: 13.5,
        processingDays: 2,
        shipsOn: [1, 3],
        closedOn: ["2026-12-24"],
        dateStyle: "range" as const,
      },
      transit: [{ country: "DE", option: "Express", days: 2 }],
    };
    const fields = writePromiseFields(promise) as Record<string, string>;
    expect(fields["cutOffHour"]).toBe("13:30");
    expect(promiseOf(fields)).toEqual(promise);
  });

  it("are tidied: days once and in order, countries in capitals", () => {
    const transit = JSON.stringify([{ country: " de ", option: " Express ", days: "2" }]);
    expect(promiseOf({ closedOn: "2026-12-26, 2026-12-24\n2026-12-24", shipsOn: "5,1,1", transit })).toMatchObject({
      closedOn: ["2026-12-24", "2026-12-26"],
      shipsOn: [1, 5],
      transit: [{ country: "DE", option: "Express", days: 2 }],
    });
  });

  it("leave alone what the form does not have", () => {
    expect(promiseOf({ processingDays: "3" })).toEqual({ ...usual.promise, processingDays: 3 });
  });

  it.each([
    [{ cutOffHour: "25:00" }, { cutOffHour: "hour" }],
    [{ collectionHour: "" }, { collectionHour: "hour" }],
    [{ processingDays: "-1" }, { processingDays: "count" }],
    [{ domesticDays: "61" }, { domesticDays: "count" }],
    [{ foreignDays: "soon" }, { foreignDays: "count" }],
    [{ closedOn: "2026-02-30" }, { closedOn: "dates" }],
    [{ closedOn: "24.12.2026" }, { closedOn: "dates" }],
    [{ transit: '[{"country":"Germany","days":"2"}]' }, { transit: "rules" }],
    [{ transit: '[{"country":"DE","days":"x"}]' }, { transit: "rules" }],
    [{ transit: "[null" }, { transit: "rules" }],
    [{ transit: "[null]" }, { transit: "rules" }],
    [{ dateStyle: "never" }, { dateStyle: "invalid" }],
  ])("refuse %j", (fields, problems) => {
    expect(problemsOf(fields as Record<string, string>)).toEqual(problems);
  });
});

describe("the threshold of one's own", () => {
  const chanceOf = (delayPercent: string) => {
    const read = applySettingsForm("forecasts", usual, { delayPercent });
    return "problems" in read ? read.problems : read.changes.foresight?.delayProbability;
  };

  it.each([
    ["40", 0.4],
    [" 95 % ", 0.95],
    ["", null],
  ])("reads %j", (typed, chance) => expect(chanceOf(typed)).toBe(chance));

  it.each(["5", "96", "half", "0.5"])("refuses %j", (typed) => {
    expect(chanceOf(typed)).toEqual({ delayProbability: "share" });
  });
});
