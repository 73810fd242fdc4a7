import type { SerializeFrom } from "@remix-run/node";
import { Banner, BlockStack, Box, Card, InlineGrid, InlineStack, Link, Text } from "@shopify/polaris";
import type { RehearsalView } from "#app/modules/notifications/rehearsal/read-rehearsals.server.ts";
import type { RehearsalSummary } from "#app/modules/notifications/rehearsal/rehearsal-summary.ts";
import { useFormats } from "./formats.ts";
import { PlainTable } from "./plain-table.tsx";
import { RehearsalCostCard } from "./rehearsal-cost-card.tsx";
import { RehearsalCalendar } from "./rehearsal-calendar.tsx";
import { useTextOf, useTexts } from "./texts.tsx";

interface ReportProps {
  run: SerializeFrom<RehearsalView>;
  summary: RehearsalSummary;
  /** Names of the orders that are mentioned. */
  orderNames: Readonly<Record<string, string>>;
}

const isSaid = (outcome: string) => outcome === "sent" || outcome === "waiting";

/** What a rehearsal found: how much, when, of which event, to whom most, and why the rest stayed silent. */
export function RehearsalReport({ run, summary, orderNames }: ReportProps) {
  const texts = useTexts();
  const { moment, number } = useFormats();
  const list = `/app/messages/rehearsal/${run.id}`;
  return (
    <BlockStack gap="400">
      {summary.capped && (
        <Banner tone="warning">
          <p>{texts("rehearsal.capped", { count: summary.leftOut })}</p>
        </Banner>
      )}
      <Figures list={list} summary={summary} />
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            {texts("rehearsal.by_day")}
          </Text>
          <RehearsalCalendar days={summary.byDay} from={run.from} list={list} to={run.to} />
        </BlockStack>
      </Card>
      {summary.textCost && <RehearsalCostCard cost={summary.textCost} list={list} />}
      <InlineGrid alignItems="start" columns={{ xs: 1, lg: 2 }} gap="400">
        <ByKind list={list} summary={summary} />
        <BlockStack gap="400">
          <Worst list={list} orderNames={orderNames} summary={summary} />
          <ByRule list={list} summary={summary} />
        </BlockStack>
      </InlineGrid>
      <Box paddingInline={{ xs: "400", sm: "0" }}>
        <BlockStack gap="100">
          <Text as="p" tone="subdued" variant="bodySm">
            {texts("rehearsal.staff_note")}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {texts("rehearsal.stamp", {
              ...{ from: moment(run.from), to: moment(run.to), orders: number(summary.orders) },
              digest: (run.digest ?? "").slice(0, 12),
            })}
          </Text>
        </BlockStack>
      </Box>
    </BlockStack>
  );
}

function Figures({ summary, list }: { summary: RehearsalSummary; list: string }) {
  const texts = useTexts();
  const { number, micros } = useFormats();
  const sum = (fits: (outcome: string) => boolean) =>
    summary.byKind.filter(({ outcome }) => fits(outcome)).reduce((total, { count }) => total + count, 0);
  const { textCost, difference } = summary;
  const cost = textCost && textCost.total.texts > 0 ? textCost : null;
  const figures: [string, string, string | null][] = [
    [texts("rehearsal.messages"), number(sum(isSaid)), `${list}?outcome=said`],
    [texts("rehearsal.people"), number(summary.people), null],
    [texts("rehearsal.held_back"), number(sum((outcome) => outcome === "suppressed")), `${list}?outcome=suppressed`],
    [texts("rehearsal.dropped"), number(sum((outcome) => outcome === "dropped")), `${list}?outcome=dropped`],
    ...(cost
      ? [[texts("rehearsal.cost"), micros(cost.total.micros, cost.currency), null] as [string, string, null]]
      : []),
    ...(["added", "removed", "moved"] as const).flatMap((name): [string, string, string][] => {
      const count = difference[name];
      return count ? [[texts(`rehearsal.${name}`), number(count), `${list}?difference=${name}`]] : [];
    }),
  ];
  return (
    <Card>
      <InlineStack gap="800">
        {figures.map(([label, value, url]) => (
          <BlockStack key={label}>
            <Text as="span" tone="subdued" variant="bodySm">
              {label}
            </Text>
            <Text as="span" variant="headingLg">
              {url ? <Link url={url}>{value}</Link> : value}
            </Text>
          </BlockStack>
        ))}
      </InlineStack>
    </Card>
  );
}

function ByKind({ summary, list }: { summary: RehearsalSummary; list: string }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { number } = useFormats();
  const kinds = [...new Set(summary.byKind.map(({ kind }) => kind))];
  const of = (kind: string, fits: (channel: string, outcome: string) => boolean) =>
    number(
      summary.byKind
        .filter((row) => row.kind === kind && fits(row.channel, row.outcome))
        .reduce((total, { count }) => total + count, 0),
    );
  return (
    <Card>
      <PlainTable
        caption={texts("rehearsal.by_event")}
        headings={[
          texts("rehearsal.by_event"),
          texts("channel.email"),
          texts("channel.sms"),
          texts("rehearsal.held_back"),
        ]}
        rows={kinds.map((kind) => ({
          key: kind,
          cells: [
            <Link key="kind" url={`${list}?kind=${kind}`}>
              {textOf("kind", kind)}
            </Link>,
            of(kind, (channel, outcome) => channel === "email" && isSaid(outcome)),
            of(kind, (channel, outcome) => channel !== "email" && isSaid(outcome)),
            of(kind, (_channel, outcome) => outcome === "suppressed" || outcome === "dropped"),
          ],
        }))}
      />
    </Card>
  );
}

function Worst({ summary, orderNames, list }: Omit<ReportProps, "run"> & { list: string }) {
  const texts = useTexts();
  const { number } = useFormats();
  if (summary.worst.length === 0) return null;
  return (
    <Card>
      <PlainTable
        caption={texts("rehearsal.worst")}
        headings={[texts("rehearsal.worst"), texts("rehearsal.messages"), texts("rehearsal.on_one_day")]}
        rows={summary.worst.slice(0, 10).map(({ personKey, count, mostOnOneDay, orderId }) => ({
          key: personKey,
          cells: [
            <Link key="order" url={`${list}?outcome=said&person=${encodeURIComponent(personKey)}`}>
              {orderNames[orderId] ?? texts("rehearsal.shopper")}
            </Link>,
            number(count),
            number(mostOnOneDay),
          ],
        }))}
      />
    </Card>
  );
}

function ByRule({ summary, list }: { summary: RehearsalSummary; list: string }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { number } = useFormats();
  if (summary.byRule.length === 0) return null;
  return (
    <Card>
      <PlainTable
        caption={texts("rehearsal.why_silent")}
        headings={[texts("rehearsal.why_silent"), texts("rehearsal.messages")]}
        rows={summary.byRule.map(({ rule, count }) => ({
          key: rule,
          cells: [
            <Link key="rule" url={`${list}?rule=${rule}`}>
              {textOf("why", rule)}
            </Link>,
            number(count),
          ],
        }))}
      />
    </Card>
  );
}
