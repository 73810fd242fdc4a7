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

const isJourney = ({ project }: TestSpecification): boolean => project.name === "e2e";
const isLong = ({ moduleId }: TestSpecification): boolean => LONG.some((name) => moduleId.includes(`/${name}.test.`));

/**
 * Long files first, and the browser journeys spread over the run: while a journey waits for a page or a parcel, the
 * other worker computes, and two journeys seldom meet.
 */
export class RunOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const journeys = sorted.filter(isJourney);
    const others = sorted.filter((file) => !isJourney(file));
    const computing = [...others.filter(isLong), ...others.filter((file) => !isLong(file))];
    return spread(journeys, computing);
  }
}

/** The last of the few still has some of the many behind it. */
function spread<Item>(few: readonly Item[], many: readonly Item[]): Item[] {
  const between = Math.max(1, Math.floor(many.length / (few.length + 1)));
  return [
    ...few.flatMap((item, index) => [item, ...many.slice(index * between, (index + 1) * between)]),
    ...many.slice(few.length * between),
  ];
}
