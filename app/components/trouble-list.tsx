import { Banner, BlockStack, Text } from "@shopify/polaris";
import type { Trouble } from "#app/modules/foresight/forecast-view.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";

/** What is wrong with a parcel now: since when, how sure that is, and what would clear it. */
export function TroubleList({ troubles, now }: { troubles: readonly Trouble[]; now: string }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { ago, moment } = useFormats();
  const figure = useFigure();
  return (
    <BlockStack gap="200">
      {troubles.map((trouble) => (
        <Banner key={trouble.kind} title={textOf("trouble", trouble.kind)} tone="warning">
          <BlockStack gap="100">
            {figure(trouble) && <Text as="p">{figure(trouble)}</Text>}
            <Text as="p">{textOf("trouble_clears", trouble.kind)}</Text>
            <Text as="p" tone="subdued">
              {texts("trouble.since", { when: moment(trouble.since), ago: ago(trouble.since, now) })}
            </Text>
          </BlockStack>
        </Banner>
      ))}
    </BlockStack>
  );
}

function useFigure(): (trouble: Trouble) => string | null {
  const texts = useTexts();
  const { percent, decimal } = useFormats();
  return ({ kind, probability, silentShare, silentDays, daysOver }) => {
    if (daysOver !== null) return texts("trouble.days_over", { days: daysOver });
    if (probability !== null)
      return texts(kind === "suspected_lost" ? "trouble.lost_share" : "trouble.late_share", {
        share: percent(probability),
      });
    if (silentShare === null) return null;
    return texts("trouble.silent", { days: decimal(silentDays ?? 0), share: percent(silentShare) });
  };
}
