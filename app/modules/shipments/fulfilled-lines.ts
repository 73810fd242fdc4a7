import { z } from "zod";

const storedLines = z.array(z.object({ lineId: z.string(), quantity: z.number() })).catch([]);

interface Line {
  id: string;
  title: string;
  variantTitle: string | null;
}

/** The items of one fulfillment by the names that the order gives them; a line that the order lost is left out. */
export function linesOfFulfillment(stored: unknown, lines: readonly Line[]) {
  const byId = new Map(lines.map((line) => [line.id, line]));
  return storedLines.parse(stored).flatMap(({ lineId, quantity }) => {
    const line = byId.get(lineId);
    return line ? [{ id: lineId, title: line.title, variant: line.variantTitle, quantity }] : [];
  });
}
