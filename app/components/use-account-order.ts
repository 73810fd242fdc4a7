import { useEffect, useRef, useState } from "react";
import { useTexts } from "./texts.tsx";

export interface AccountOrder<Item> {
  items: Item[];
  /** Moves one to a place and keeps the keyboard on its button. */
  move(id: string, place: number, button?: Direction): void;
  /** What has just been moved where, for those who do not see it. */
  said: string;
  buttonId(id: string, direction: Direction): string;
}

type Direction = "up" | "down";

/** The order as it is being changed: at once on the page, and told to `save`. What the server says afterwards stands. */
export function useAccountOrder<Item extends { id: string; name: string }>(
  stored: readonly Item[],
  save: (ids: string[]) => void,
): AccountOrder<Item> {
  const texts = useTexts();
  const [ids, setIds] = useState<readonly string[] | null>(null);
  const [said, setSaid] = useState("");
  const focus = useRef<{ id: string; button: Direction } | null>(null);
  const storedIds = stored.map(({ id }) => id).join(",");
  useEffect(() => setIds(null), [storedIds]);
  const items = ids ? ids.flatMap((id) => stored.filter((item) => item.id === id)) : [...stored];
  useEffect(() => {
    const wanted = focus.current;
    focus.current = null;
    if (!wanted) return;
    const other: Direction = wanted.button === "up" ? "down" : "up";
    const buttons = [wanted.button, other].map((name) => document.getElementById(buttonId(wanted.id, name)));
    // At either end one of the two has nothing left to do.
    buttons.find((button) => button instanceof HTMLButtonElement && !button.disabled)?.focus();
  });
  return {
    items,
    said,
    buttonId,
    move: (id, place, button) => {
      const moved = items.find((item) => item.id === id);
      if (!moved || place < 0 || place >= items.length || items[place] === moved) return;
      const others = items.filter((item) => item !== moved);
      const after = [...others.slice(0, place), moved, ...others.slice(place)].map((item) => item.id);
      if (button) focus.current = { id, button };
      setIds(after);
      setSaid(texts("carriers.moved", { name: moved.name, place: place + 1, count: items.length }));
      save(after);
    },
  };
}

function buttonId(id: string, direction: Direction): string {
  return `move-${direction}-${id}`;
}
