import { createInterface } from "node:readline";
import { createHolidayCalendar } from "#app/modules/foresight/holiday-calendar.ts";
import { StreamPredictor } from "#app/modules/foresight/predict-stream.ts";
import { StreamEvent } from "#app/modules/foresight/stream-events.ts";

const MAX_LINE = 64 * 1024;

/**
 * `npm run -s foresight:predict`: reads parcels' events as JSON lines, in the order of their times, and answers every
 * `predict` with a line. Bad lines are named on stderr and skipped; the process ends with its input (exit code 0), or with
 * 2 when a line was bad.
 */
async function main(): Promise<void> {
  const predictor = new StreamPredictor(createHolidayCalendar());
  let line = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === "") continue;
    const event = readEvent(text);
    if (!event) {
      process.exitCode = 2;
      process.stderr.write(`line ${line} is not an event\n`);
      continue;
    }
    const prediction = predictor.take(event);
    if (prediction && !process.stdout.write(`${JSON.stringify(prediction)}\n`))
      await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
}

function readEvent(text: string): StreamEvent | null {
  if (text.length > MAX_LINE) return null;
  try {
    return StreamEvent.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

await main();
