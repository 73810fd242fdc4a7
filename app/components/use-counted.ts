import { COUNTED_TO } from "#app/modules/shipments/index-tabs.ts";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";

/** How a count is written that stops at COUNTED_TO: "10,000+" there, the number itself below. */
export function useCounted(): (count: number) => string {
  const texts = useTexts();
  const { number } = useFormats();
  return (count) => (count < COUNTED_TO ? number(count) : texts("numbers.more_than", { count: number(COUNTED_TO) }));
}
