import type { CarrierReading, TrackRequest } from "./carrier.ts";

/** Cuts a list into pieces of at most `size`. */
export function inBatches<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** Puts readings together in their order. */
export function joinReadings(readings: readonly CarrierReading[]): CarrierReading {
  return {
    shipments: readings.flatMap((reading) => reading.shipments),
    errors: readings.flatMap((reading) => reading.errors),
  };
}

/** The numbers of the questions. */
export function numbersOf(requests: readonly TrackRequest[]): string[] {
  return requests.map(({ trackingNumber }) => trackingNumber);
}

/** Asks one question after the other, because a carrier counts them by the second, and takes the answers together. */
export async function askInTurn<T>(
  questions: readonly T[],
  ask: (question: T) => Promise<CarrierReading>,
): Promise<CarrierReading> {
  const readings: CarrierReading[] = [];
  for (const question of questions) readings.push(await ask(question));
  return joinReadings(readings);
}

/** Asks about at most `size` at a time. */
export function askInBatches<T>(
  items: readonly T[],
  size: number,
  ask: (batch: T[]) => Promise<CarrierReading>,
): Promise<CarrierReading> {
  return askInTurn(inBatches(items, size), ask);
}

/** Asks about one number after the other; an error that names none is about the number that was asked for. */
export function askOneByOne(
  requests: readonly TrackRequest[],
  ask: (request: TrackRequest) => Promise<CarrierReading>,
): Promise<CarrierReading> {
  return askInTurn(requests, async (request) => {
    const { shipments, errors } = await ask(request);
    return { shipments, errors: errors.map((error) => ({ trackingNumber: request.trackingNumber, ...error })) };
  });
}

/** Whether two spellings are of one number: spaces, dashes and case do not count. */
export function isSameNumber(left: string, right: string): boolean {
  const plain = (number: string) => number.replace(/[\s-]/g, "").toUpperCase();
  return plain(left) === plain(right);
}
