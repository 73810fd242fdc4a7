import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { createHolidayCalendar } from "#app/modules/foresight/holiday-calendar.ts";
import { type Prediction, StreamPredictor } from "#app/modules/foresight/predict-stream.ts";
import { StreamEvent } from "#app/modules/foresight/stream-events.ts";
import { seededRandom } from "#tests/support/seeded-random.ts";

const HANDED = {
  t: "handed",
  id: "p1",
  at: "2026-03-02T15:30",
  promised_on: "2026-03-12T00:00",
  origin_zip5: "01001",
  origin_state: "SP",
  dest_zip5: "20001",
  dest_state: "RJ",
  distance_km: 400,
  seller: "s1",
  n_items: 1,
  freight_value: 12.5,
  standard_days: 6,
};
const dayAfter = (days: number, time: string): string =>
  `${new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10)}T${time}`;

/** Parcels with anything missing or out of measure, on the days of two years with long gaps, asked at any time. */
function* strangeEvents(seed: number): Generator<unknown> {
  const random = seededRandom(seed);
  const pick = <Item>(...items: Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  let day = 0;
  for (let parcel = 0; parcel < 50; parcel += 1) {
    day += pick(0, 0, 0, 1, 1, 2, 30);
    const id = `p${parcel}`;
    yield {
      ...HANDED,
      id,
      at: dayAfter(day, pick("00:00", "11:05", "23:59")),
      promised_on: dayAfter(day + pick(-3, 0, 4, 12, 400), "00:00"),
      origin_state: pick("SP", null),
      dest_state: pick("RJ", "??", null),
      dest_zip5: pick("20001", "", null, "x"),
      distance_km: pick(0, 400, 1e300, null),
      seller: pick("s1", null),
      n_items: pick(0, 1, 40, null),
      freight_value: pick(0, 9, 1e300, null),
      standard_days: pick(0, 2.5, 7, 1e9, null),
    };
    yield { t: "predict", id, at: dayAfter(day, "23:59"), d: 0 };
    if (random() < 0.7) yield { t: "delivered", id, at: dayAfter(day, "23:59") };
    else if (parcel > 5) yield { t: "predict", id, at: dayAfter(day + pick(1, 9, 90), "00:00"), d: 1 };
  }
}

function answersTo(events: Iterable<unknown>): Prediction[] {
  const predictor = new StreamPredictor(createHolidayCalendar());
  return [...events].flatMap((event) => {
    const answer = predictor.take(StreamEvent.parse(event));
    expect(answer).not.toBe("unknown");
    return answer && answer !== "unknown" ? [answer] : [];
  });
}

test("whatever a parcel is like, its quantiles are in order and its chances are chances", () => {
  for (const seed of [1, 2, 3])
    for (const { q50, q80, q90, p_late, p_late_std } of answersTo(strangeEvents(seed))) {
      expect([q50, q80, q90, p_late].every(Number.isFinite)).toBe(true);
      expect(q50).toBeGreaterThanOrEqual(0);
      expect(q80).toBeGreaterThanOrEqual(q50);
      expect(q90).toBeGreaterThanOrEqual(q80);
      for (const chance of [p_late, p_late_std ?? 0]) {
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
      }
    }
});

test("a parcel may be asked about long after anybody learns from it", () => {
  const late = { t: "predict", id: "p1", at: "2026-07-02T00:00", d: 122 };
  const [answer] = answersTo([{ ...HANDED, promised_on: "2026-08-30" }, late]);
  expect(answer?.q50).toBeGreaterThan(122);
  expect(answer?.p_late).toBeLessThan(0.9);
});

test("the process answers in order, and names what it cannot answer", () => {
  const lines = [
    HANDED,
    { t: "predict", id: "p1", at: HANDED.at, d: 0 },
    { t: "predict", id: "stranger", at: HANDED.at, d: 0 },
    { t: "predict", id: "p1", at: "2026-13-02T00:00", d: 1 },
  ].map((line) => JSON.stringify(line));
  const command = ["app/foresight-predict.server.ts"];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, {
    input: lines.join("\n"),
    encoding: "utf8",
  });
  expect(stdout.trim().split("\n")).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({ id: "p1", d: 0 });
  expect(stderr).toBe("line 3 asks about a parcel that is not known: stranger\nline 4 is not an event\n");
  expect(status).toBe(2);
});
