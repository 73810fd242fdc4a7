import { Badge, BlockStack, InlineGrid, Text } from "@shopify/polaris";
import type { MeasuredShare, Scorecard } from "#app/modules/foresight/judge-score.ts";
import { useFormats } from "./formats.ts";
import { IntervalPlot } from "./interval-plot.tsx";
import { PlainTable } from "./plain-table.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

interface ScoreSummaryProps {
  scorecard: Scorecard;
  parcels: number;
}

const WINDOWS = ["w50", "w80", "w90"] as const;
const TONES = {
  too_few: {},
  holds: { tone: "success" },
  too_sure: { tone: "warning" },
  too_careful: { tone: "info" },
} as const;

/** "We said 80 %, it was 79 %": the three windows, said beside was. */
export function ScoreSummary({ scorecard, parcels }: ScoreSummaryProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { percent, number } = useFormats();
  const { w80 } = scorecard.coverage;
  const title = texts("score.coverage");
  return (
    <TitledCard title={title}>
      <Text as="p" variant="headingLg">
        {texts("score.said_was", { said: percent(w80.said), was: w80.was ? percent(w80.was.share) : "–" })}
      </Text>
      <Text as="p" tone="subdued">
        {texts("score.measured_on", { count: parcels })}
      </Text>
      <InlineGrid alignItems="start" columns={{ xs: 1, md: 2 }} gap="400">
        <PlainTable
          caption={title}
          headings={[texts("score.said"), texts("score.was"), texts("score.margin"), texts("score.verdict")]}
          rows={WINDOWS.map((name) => {
            const { said, was, verdict } = scorecard.coverage[name];
            return {
              key: name,
              cells: [
                percent(said),
                was ? percent(was.share) : "–",
                was ? `${percent(was.low)} – ${percent(was.high)}` : "–",
                <Badge key={name} {...TONES[verdict]}>
                  {textOf("score.verdict", verdict)}
                </Badge>,
              ],
            };
          })}
        />
        <IntervalPlot
          rows={WINDOWS.map((name) => {
            const { said, was } = scorecard.coverage[name];
            return { key: name, label: texts("score.we_said", { said: percent(said) }), said, was };
          })}
          text={texts("score.plot_text")}
          title={title}
        />
      </InlineGrid>
      <Text as="p" tone="subdued" variant="bodySm">
        {texts("score.how", { count: number(parcels) })}
      </Text>
    </TitledCard>
  );
}

/** What else tells good forecasts from bad ones, each number with what it means. */
export function ScoreFigures({ scorecard }: Pick<ScoreSummaryProps, "scorecard">) {
  const texts = useTexts();
  const { decimal, percent } = useFormats();
  const days = (value: number | null) => (value === null ? "–" : texts("score.days", { days: decimal(value) }));
  const share = (value: MeasuredShare | null) =>
    value ? texts("score.share_of", { share: percent(value.share), count: value.parcels }) : "–";
  const bias = scorecard.biasDays;
  const figures = [
    ["width", days(scorecard.widthDays)],
    ["error", days(scorecard.errorDays)],
    ["bias", bias === null ? "–" : texts("score.bias_days", { days: decimal(Math.abs(bias)), late: String(bias > 0) })],
    ["our_on_time", share(scorecard.ourOnTime)],
    ["carrier_on_time", share(scorecard.carrierOnTime)],
    ["precision", share(scorecard.warningPrecision)],
    ["recall", share(scorecard.warningRecall)],
    ["lead", days(scorecard.leadDays)],
  ] as const;
  return (
    <TitledCard title={texts("score.figures")}>
      <InlineGrid columns={{ xs: 1, sm: 2, lg: 4 }} gap="400">
        {figures.map(([name, value]) => (
          <BlockStack gap="050" key={name}>
            <Text as="h3" variant="headingSm">
              {texts(`score.${name}`)}
            </Text>
            <Text as="p" variant="headingMd">
              {value}
            </Text>
            <Text as="p" tone="subdued" variant="bodySm">
              {texts(`score.${name}_text`)}
            </Text>
          </BlockStack>
        ))}
      </InlineGrid>
    </TitledCard>
  );
}
