import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";

/** Counting stops there (read-day-numbers). */
const COUNTED_TO = 10_000;

/** How a count is written that stops at COUNTED_TO: "10,000+" there, the number itself below. */
export function useCounted(): (count: number) => string {
  const texts = useTexts();
  const { number } = useFormats();
  return (count) => (count < COUNTED_TO ? number(count) : texts("numbers.more_than", { count: number(COUNTED_TO) }));
}
