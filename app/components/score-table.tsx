import { InlineGrid, type InlineGridProps, Link } from "@shopify/polaris";
import type { Scorecard } from "#app/modules/foresight/judge-score.ts";
import { useFormats } from "./formats.ts";
import { IntervalPlot } from "./interval-plot.tsx";
import { PlainTable } from "./plain-table.tsx";
import { useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

export interface ScoreRow {
  key: string;
  label: string;
  /** The parcels behind the numbers; null where no list shows them. */
  to: string | null;
  parcels: number;
  scorecard: Scorecard;
}

interface ScoreTableProps {
  title: string;
  rows: readonly ScoreRow[];
  /** Below so many parcels a share says nothing. */
  fewest: number;
}

/** Rows that the picture shows; the table shows them all. */
const DRAWN = 12;
const BESIDE: NonNullable<InlineGridProps["columns"]> = { xs: 1, lg: ["twoThirds", "oneThird"] };

/** The score by carrier, lane or week, a picture beside it. A row with too few parcels says how many are missing. */
export function ScoreTable({ title, rows, fewest }: ScoreTableProps) {
  const texts = useTexts();
  const cells = useCells(fewest);
  const enough = rows.filter(({ parcels }) => parcels >= fewest);
  return (
    <TitledCard title={title}>
      <InlineGrid alignItems="start" columns={enough.length > 0 ? BESIDE : 1} gap="400">
        <PlainTable
          caption={title}
          headings={[
            texts("score.name"),
            texts("score.parcels"),
            texts("score.within"),
            texts("score.width"),
            texts("score.bias"),
            texts("score.our_on_time"),
            texts("score.carrier_on_time"),
            texts("score.precision"),
            texts("score.lead"),
          ]}
          rows={rows.map((row) => ({ key: row.key, cells: cells(row) }))}
        />
        {enough.length > 0 && (
          <IntervalPlot
            rows={enough.slice(0, DRAWN).map(({ key, label, scorecard: { coverage } }) => {
              return { key, label, said: coverage.w80.said, was: coverage.w80.was };
            })}
            text={texts("score.plot_text")}
            title={title}
          />
        )}
      </InlineGrid>
    </TitledCard>
  );
}

function useCells(fewest: number) {
  const texts = useTexts();
  const { number, percent, decimal } = useFormats();
  return ({ label, to, parcels, scorecard }: ScoreRow) => {
    const name = to ? (
      <Link key="name" url={to}>
        {label}
      </Link>
    ) : (
      label
    );
    if (parcels < fewest)
      return [name, number(parcels), texts("score.too_few", { fewest: number(fewest), count: parcels })];
    const { coverage, widthDays, biasDays, ourOnTime, carrierOnTime, warningPrecision, leadDays } = scorecard;
    const share = (measured: { share: number; parcels: number } | null) =>
      measured ? `${percent(measured.share)} (${number(measured.parcels)})` : "–";
    const days = (value: number | null) => (value === null ? "–" : texts("score.days", { days: decimal(value) }));
    const { was } = coverage.w80;
    return [
      name,
      number(parcels),
      was ? `${percent(was.share)} (${percent(was.low)}–${percent(was.high)})` : "–",
      days(widthDays),
      days(biasDays),
      share(ourOnTime),
      share(carrierOnTime),
      share(warningPrecision),
      days(leadDays),
    ];
  };
}
