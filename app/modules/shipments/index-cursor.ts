/** A place in the list, by the row that stands there. */
export interface IndexCursor {
  /** Which way from the row it names. */
  direction: "after" | "before";
  createdAt: Date;
  id: string;
}

export function writeCursor({ direction, createdAt, id }: IndexCursor): string {
  return `${direction}_${createdAt.getTime().toString(36)}_${id}`;
}

/** Null when the text is no cursor: the list then begins at its beginning. */
export function readCursor(text: string | undefined): IndexCursor | null {
  const match = /^(after|before)_([0-9a-z]{1,9})_([A-Za-z0-9_]{1,60})$/.exec(text ?? "");
  if (!match) return null;
  const [, direction, time = "", id = ""] = match;
  return { direction: direction as IndexCursor["direction"], createdAt: new Date(Number.parseInt(time, 36)), id };
}
