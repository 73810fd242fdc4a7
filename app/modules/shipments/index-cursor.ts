/** A place in the list, by the row that stands there. */
export interface IndexCursor {
  /** Which way from the row it names. */
  direction: "after" | "before";
  createdAt: Date;
  id: string;
}

function writeCursor({ direction, createdAt, id }: IndexCursor): string {
  return `${direction}_${createdAt.getTime().toString(36)}_${id}`;
}

/** Null when the text is no cursor: the list then begins at its beginning. */
export function readCursor(text: string | undefined): IndexCursor | null {
  const match = /^(after|before)_([0-9a-z]{1,9})_([A-Za-z0-9_]{1,60})$/.exec(text ?? "");
  if (!match) return null;
  const [, direction, time = "", id = ""] = match;
  return { direction: direction as IndexCursor["direction"], createdAt: new Date(Number.parseInt(time, 36)), id };
}

export interface CutPage<Row> {
  rows: Row[];
  /** Cursors of the neighbouring pages; null at the ends. */
  next: string | null;
  previous: string | null;
}

/** The page at a cursor, of rows that were read in its direction and one further than the page is long. */
export function cutPage<Row>(
  found: Row[],
  cursor: IndexCursor | null,
  { limit, placeOf }: { limit: number; placeOf: (row: Row) => Omit<IndexCursor, "direction"> },
): CutPage<Row> {
  const backwards = cursor?.direction === "before";
  const more = found.length > limit;
  const rows = more ? found.slice(0, limit) : found;
  if (backwards) rows.reverse();
  const cursorAt = (row: Row | undefined, direction: IndexCursor["direction"]) =>
    row === undefined ? null : writeCursor({ direction, ...placeOf(row) });
  return {
    rows,
    next: backwards || more ? cursorAt(rows.at(-1), "after") : null,
    previous: (backwards ? more : cursor !== null) ? cursorAt(rows.at(0), "before") : null,
  };
}
