import type { HeadersFunction, LoaderFunctionArgs, SerializeFrom } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData, useSearchParams } from "@remix-run/react";
import { BlockStack, Box, Card, InlineStack, Page, Select, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { EmptyNote } from "#app/components/empty-note.tsx";
import { useFormats } from "#app/components/formats.ts";
import { ScoreFigures, ScoreSummary } from "#app/components/score-summary.tsx";
import { type ScoreRow, ScoreTable } from "#app/components/score-table.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { FEWEST_PARCELS } from "#app/modules/foresight/judge-score.ts";
import { readScorecard } from "#app/modules/foresight/read-scorecard.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

/** How far back the page can look, in weeks. */
const PERIODS = [4, 12, 26];

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const asked = Number(new URL(request.url).searchParams.get("weeks"));
  const weeks = PERIODS.includes(asked) ? asked : 12;
  const score = await services.db.forShop(shopId, (tx) => readScorecard(tx, shopId, { weeks, clock: services.clock }));
  const ids = [...new Set([...score.carriers, ...score.lanes].map(({ carrier }) => carrier))];
  const names = Object.fromEntries(ids.map((id) => [id, services.carrierName(id, null)]));
  return json({ score, weeks, names, fewest: FEWEST_PARCELS });
}

export default function Forecasts() {
  const { score, weeks, fewest } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const rows = useRows();
  return (
    <Page fullWidth subtitle={texts("score.subtitle")} title={texts("score.title")}>
      <BlockStack gap="400">
        <Period weeks={weeks} />
        {score.parcels < fewest && (
          <Card>
            <EmptyNote
              action={{ label: texts("score.to_promise"), url: "/app/settings/promise" }}
              heading={texts("score.few_title")}
              text={texts("score.few_text", { fewest, count: score.parcels })}
            />
          </Card>
        )}
        {score.parcels >= fewest && (
          <>
            <ScoreSummary parcels={score.parcels} scorecard={score.overall} />
            <ScoreFigures scorecard={score.overall} />
          </>
        )}
        {score.parcels > 0 && (
          <>
            <ScoreTable fewest={fewest} rows={rows.carriers} title={texts("score.carriers")} />
            <ScoreTable fewest={fewest} rows={rows.lanes} title={texts("score.lanes")} />
            <ScoreTable fewest={fewest} rows={rows.weeks} title={texts("score.weeks")} />
          </>
        )}
      </BlockStack>
    </Page>
  );
}

function Period({ weeks }: { weeks: number }) {
  const texts = useTexts();
  const [, setParameters] = useSearchParams();
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <InlineStack blockAlign="center" gap="300">
        <Select
          label={texts("score.period")}
          labelInline
          onChange={(value) => setParameters({ weeks: value }, { replace: true, preventScrollReset: true })}
          options={PERIODS.map((count) => ({ value: String(count), label: texts("score.last_weeks", { count }) }))}
          value={String(weeks)}
        />
        <Text as="span" tone="subdued">
          {texts("score.passed_only")}
        </Text>
      </InlineStack>
    </Box>
  );
}

/** The parcels behind a number, and no others. */
const linkTo = (asked: Record<string, string>): string => `/app/shipments?${new URLSearchParams(asked).toString()}`;

type Lane = SerializeFrom<typeof loader>["score"]["lanes"][number];

/** The rows of the tables, each with the way to its parcels. */
function useRows(): Record<"carriers" | "lanes" | "weeks", ScoreRow[]> {
  const { score, names } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const { country, date } = useFormats();
  const nameOf = (carrier: string) => names[carrier] ?? (carrier === "?" ? texts("score.no_carrier") : carrier);
  const placeOf = (code: string | null) => (code === null || code === "?" ? texts("score.no_country") : country(code));
  const listOf = ({ carrier, countryCode }: Lane) => {
    // Nothing asks for parcels without a carrier or a country: a link to all of them would be another number's.
    if (carrier === "?" || countryCode === "?") return null;
    return linkTo({ carrier, ...(countryCode ? { country: countryCode } : {}), scored: score.since });
  };
  const rowOf = (lane: Lane, label: string): ScoreRow => ({ ...lane, key: label, label, to: listOf(lane) });
  return {
    carriers: score.carriers.map((lane) => rowOf(lane, nameOf(lane.carrier))),
    lanes: score.lanes.map((lane) => rowOf(lane, `${nameOf(lane.carrier)} → ${placeOf(lane.countryCode)}`)),
    weeks: score.weeks.map((week) => {
      const label = texts("score.week_of", { date: date(week.weekOf) });
      return { ...week, key: week.weekOf, label, to: linkTo({ scored: `${week.weekOf}_${week.weekOf}` }) };
    }),
  };
}
