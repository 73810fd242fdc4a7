import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, InlineGrid, Link, Text, useBreakpoints } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { KindPerformance } from "#app/modules/notifications/message-performance.server.ts";
import { useFormats } from "./formats.ts";
import { PlainTable } from "./plain-table.tsx";
import { useTextOf, useTexts } from "./texts.tsx";

type Kind = SerializeFrom<KindPerformance>;

const RATES = ["delivered", "opened", "clicked", "bounced", "complained"] as const;
/** Rules of one kind that are named; the rest is a number. */
const NAMED = 3;

/** What became of each kind of message, every share with what chance alone could make of it. */
export function PerformanceTable({ kinds }: { kinds: readonly Kind[] }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { number } = useFormats();
  const { mdDown } = useBreakpoints();
  const headings = [
    texts("performance.sent"),
    ...RATES.map((name) => texts(`performance.${name}`)),
    texts("performance.suppressed"),
  ];
  const rows = kinds.map((kind) => ({
    key: `${kind.kind} ${kind.channel}`,
    name: (
      <BlockStack key="kind">
        <Link url={`/app/messages?kind=${kind.kind}&channel=${kind.channel}`}>{textOf("kind", kind.kind)}</Link>
        <Text as="span" tone="subdued" variant="bodySm">
          {textOf("channel", kind.channel)}
        </Text>
      </BlockStack>
    ),
    figures: [
      number(kind.sent),
      ...RATES.map((name) => <Share key={name} rate={kind[name]} />),
      <Suppressed key="suppressed" kind={kind} />,
    ],
  }));
  if (mdDown) return <Stacked headings={headings} rows={rows} />;
  return (
    <PlainTable
      caption={texts("messages.performance")}
      headings={[texts("messages.kind"), ...headings]}
      rows={rows.map(({ key, name, figures }) => ({ key, cells: [name, ...figures] }))}
    />
  );
}

interface StackedProps {
  headings: readonly string[];
  rows: readonly { key: string; name: ReactNode; figures: readonly ReactNode[] }[];
}

/** The same for a phone: one message below the other, its figures in columns, the last over the whole width. */
function Stacked({ headings, rows }: StackedProps) {
  return (
    <BlockStack gap="500">
      {rows.map(({ key, name, figures }) => (
        <BlockStack gap="200" key={key}>
          {name}
          <InlineGrid columns={{ xs: 2, sm: 3 }} gap="300">
            {figures.slice(0, -1).map((figure, position) => (
              <Figure heading={headings[position]} key={headings[position]}>
                {figure}
              </Figure>
            ))}
          </InlineGrid>
          <Figure heading={headings.at(-1)}>{figures.at(-1)}</Figure>
        </BlockStack>
      ))}
    </BlockStack>
  );
}

function Figure({ heading, children }: { heading: string | undefined; children: ReactNode }) {
  return (
    <BlockStack>
      <Text as="span" variant="bodySm" fontWeight="semibold">
        {heading}
      </Text>
      <div>{children}</div>
    </BlockStack>
  );
}

function Share({ rate }: { rate: Kind["delivered"] }) {
  const texts = useTexts();
  const { number, percent } = useFormats();
  if (!rate) return <>–</>;
  return (
    <div style={{ whiteSpace: "nowrap" }}>
      <BlockStack>
        <Text as="span" {...(rate.small ? { tone: "subdued" as const } : {})}>
          {percent(rate.share)}
        </Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {number(rate.part)} / {number(rate.whole)}
        </Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {rate.small ? texts("performance.small") : `${percent(rate.low)} – ${percent(rate.high)}`}
        </Text>
      </BlockStack>
    </div>
  );
}

function Suppressed({ kind }: { kind: Kind }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { number } = useFormats();
  const total = kind.suppressed.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return <>0</>;
  const reasons = kind.suppressed.filter(({ rule }) => rule !== "control_group");
  const rest = reasons.slice(NAMED).reduce((sum, { count }) => sum + count, 0);
  return (
    <div style={{ minWidth: "14rem" }}>
      <BlockStack>
        <Text as="span">{number(total)}</Text>
        {reasons.slice(0, NAMED).map(({ rule, count }) => (
          <Text as="span" key={rule} tone="subdued" variant="bodySm">
            {number(count)} · {textOf("why", rule)}
          </Text>
        ))}
        {rest > 0 && (
          <Text as="span" tone="subdued" variant="bodySm">
            {texts("performance.other_rules", { count: rest })}
          </Text>
        )}
        {kind.control > 0 && (
          <Text as="span" variant="bodySm">
            {texts("performance.control", { count: kind.control })}
          </Text>
        )}
      </BlockStack>
    </div>
  );
}
