import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that wait or compute for long: begun last, one of them would hold up the end of the run. */
const LONG = [
  "golden-rehearsal",
  "dying-senders",
  "held-back",
  "stumbling-provider",
  "hostile-texts",
  "follow-to-the-end",
  "start-postgres",
  "carrier-contract",
  "dispatch-texts",
  "schema-engine",
  "tenancy",
];

/** The longest journeys, in the order in which they begin. */
const LONG_JOURNEYS = ["faults", "admin", "messages", "message-events", "shopper"];

const isJourney = ({ project }: TestSpecification): boolean => project.name === "e2e";
const isOf = ({ moduleId }: TestSpecification, name: string): boolean => moduleId.includes(`/${name}.test.`);
const isLong = (file: TestSpecification): boolean => LONG.some((name) => isOf(file, name));
const rankOf = (file: TestSpecification): number => {
  const rank = LONG_JOURNEYS.findIndex((name) => isOf(file, name));
  return rank < 0 ? LONG_JOURNEYS.length : rank;
};

/**
 * Long files first, and the browser journeys spread over the run: while a journey waits for a page or a parcel, the
 * other worker computes, and two journeys seldom meet.
 */
export class RunOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const journeys = sorted.filter(isJourney).sort((left, right) => rankOf(left) - rankOf(right));
    const others = sorted.filter((file) => !isJourney(file));
    const computing = [...others.filter(isLong), ...others.filter((file) => !isLong(file))];
    return spread(journeys, computing);
  }
}

/** The last of the few still has some of the many behind it, so that neither ends long after the other. */
function spread<Item>(few: readonly Item[], many: readonly Item[]): Item[] {
  const between = Math.max(1, Math.floor(many.length / (few.length + 2)));
  return [
    ...few.flatMap((item, index) => [item, ...many.slice(index * between, (index + 1) * between)]),
    ...many.slice(few.length * between),
  ];
}
