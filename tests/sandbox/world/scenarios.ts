import type { ScanKind, Scenario } from "./parcel.ts";

export type StepWhere = "origin" | "hub" | "destination";

/** One step of a plan: what happens, where, and after how many natural hours from the label. */
export interface Step {
  kind: ScanKind;
  where: StepWhere;
  hours: number;
}

const step = (kind: ScanKind, where: StepWhere, hours: number): Step => ({ kind, where, hours });

const LABEL = step("label", "origin", 0);
const START = [LABEL, step("accepted", "origin", 5), step("departed", "origin", 10)];
const LINE_HAUL = [
  ...START,
  step("arrived", "hub", 20),
  step("departed", "hub", 24),
  step("arrived_destination", "destination", 42),
];

const ON_TIME = [...LINE_HAUL, step("out_for_delivery", "destination", 52), step("delivered", "destination", 72)];

/** What the world does to a parcel. The oldest step first; hours grow strictly, which the tests hold. */
export const SCENARIO_STEPS: Readonly<Record<Scenario, readonly Step[]>> = {
  on_time: ON_TIME,
  two_pieces: ON_TIME,
  recycled_number: ON_TIME,
  wrong_carrier: ON_TIME,
  handed_to_partner: [
    ...START,
    step("arrived", "hub", 20),
    step("handed_over", "hub", 28),
    step("arrived_destination", "destination", 46),
    step("out_for_delivery", "destination", 54),
    step("delivered", "destination", 72),
  ],
  held_back: [
    ...START,
    step("arrived", "hub", 20),
    step("departed", "hub", 370),
    step("arrived_destination", "destination", 388),
    step("out_for_delivery", "destination", 398),
    step("delivered", "destination", 418),
  ],
  lost_confirmed: [...START, step("arrived", "hub", 20), step("declared_lost", "hub", 90)],
  delayed_weather: [
    ...START,
    step("arrived", "hub", 20),
    step("weather_delay", "hub", 26),
    step("departed", "hub", 48),
    step("arrived_destination", "destination", 62),
    step("out_for_delivery", "destination", 74),
    step("delivered", "destination", 92),
  ],
  attempted_then_delivered: [
    ...LINE_HAUL,
    step("out_for_delivery", "destination", 52),
    step("attempted", "destination", 60),
    step("out_for_delivery", "destination", 76),
    step("delivered", "destination", 90),
  ],
  pickup_point: [
    ...LINE_HAUL,
    step("out_for_delivery", "destination", 50),
    step("available_for_pickup", "destination", 60),
    step("collected", "destination", 84),
  ],
  returned: [
    ...LINE_HAUL,
    step("out_for_delivery", "destination", 52),
    step("refused", "destination", 60),
    step("returning", "destination", 66),
    step("departed", "destination", 70),
    step("arrived", "hub", 84),
    step("returned", "origin", 108),
  ],
  lost: [...START, step("arrived", "hub", 20)],
  customs: [
    ...START,
    step("arrived", "hub", 24),
    step("customs_held", "hub", 27),
    step("customs_cleared", "hub", 44),
    step("departed", "hub", 48),
    step("arrived_destination", "destination", 60),
    step("out_for_delivery", "destination", 68),
    step("delivered", "destination", 84),
  ],
  label_only: [LABEL],
  unknown_number: [],
};

/** The day hours a van keeps: at natural speed such steps happen at this local hour or later that morning. */
export const MORNING_KINDS: ReadonlySet<ScanKind> = new Set(["out_for_delivery"]);

/** Kinds after which a parcel does not move any more. */
export const FINAL_KINDS: ReadonlySet<ScanKind> = new Set(["delivered", "collected", "returned"]);
