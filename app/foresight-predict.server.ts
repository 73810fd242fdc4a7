import { createInterface } from "node:readline";
import { createHolidayCalendar } from "#app/modules/foresight/holiday-calendar.ts";
import { StreamPredictor } from "#app/modules/foresight/predict-stream.ts";
import { StreamEvent } from "#app/modules/foresight/stream-events.ts";

const MAX_LINE = 64 * 1024;

/**
 * `npm run -s foresight:predict`: reads parcels' events as JSON lines, in the order of their times, and answers every
 * `predict` with a line. Bad lines, and questions about parcels that were never handed over, are named on stderr and not
 * answered; the process ends with its input: exit code 0, or 2 when there was such a line.
 */
async function main(): Promise<void> {
  const predictor = new StreamPredictor(createHolidayCalendar());
  let line = 0;
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === "") continue;
    const event = readEvent(text);
    const prediction = event === null ? null : predictor.take(event);
    if (event === null || prediction === "unknown") {
      process.exitCode = 2;
      process.stderr.write(
        `line ${line} ${event ? `asks about a parcel that is not known: ${event.id}` : "is not an event"}\n`,
      );
      continue;
    }
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
