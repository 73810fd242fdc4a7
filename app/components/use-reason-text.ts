import type { Reason } from "#app/modules/foresight/explain-forecast.ts";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";

const DAY_MS = 86_400_000;

/** A reason of a forecast in plain words; null for one that this version does not know. */
export function useReasonText(): (reason: Reason) => string | null {
  const texts = useTexts();
  const { percent, shortDay } = useFormats();
  return (reason) => {
    switch (reason.key) {
      case "speed":
        return texts("reason.speed", { of: reason.of, speed: percent(reason.speed) });
      case "long_wait":
        return texts("reason.long_wait", { share: percent(reason.share) });
      case "holidays":
        return texts("reason.holidays", { days: reason.days });
      case "weekend":
        return texts("reason.weekend", { days: reason.days });
      case "carrier_date":
        return texts("reason.carrier_date", { date: shortDay(new Date(reason.day * DAY_MS).toISOString()) });
      default:
        return null;
    }
  };
}
