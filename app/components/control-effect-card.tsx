import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Link, Text } from "@shopify/polaris";
import type { ControlEffect } from "#app/modules/notifications/read-control-effect.server.ts";
import { useFormats } from "./formats.ts";
import { PlainTable } from "./plain-table.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

type Effect = SerializeFrom<ControlEffect>;
type Measure = Effect["measures"][number];

/** What telling of an event changes: those who were told beside those who, by chance, were not. */
export function ControlEffectCard({ effects }: { effects: readonly Effect[] }) {
  const texts = useTexts();
  return (
    <TitledCard gap="300" title={texts("effect.title")}>
      {effects.length === 0 ? (
        <Text as="p" tone="subdued">
          {texts("effect.none")} <Link url="/app/messages/events">{texts("effect.choose")}</Link>
        </Text>
      ) : (
        <>
          <Text as="p">{texts("effect.text")}</Text>
          {effects.map((effect) => (
            <OneEvent effect={effect} key={effect.kind} />
          ))}
          <Text as="p" tone="subdued" variant="bodySm">
            {texts("effect.how")}
          </Text>
        </>
      )}
    </TitledCard>
  );
}

function OneEvent({ effect }: { effect: Effect }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { percent } = useFormats();
  const name = textOf("kind", effect.kind);
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        <Link url={`/app/messages/events/${effect.kind}/rules`}>{name}</Link>
      </Text>
      <Text as="p" tone="subdued" variant="bodySm">
        {texts("effect.share", { share: percent(effect.share) })}
      </Text>
      {effect.measures.every(({ difference }) => difference === null) ? (
        <Text as="p">{texts("effect.nobody")}</Text>
      ) : (
        <PlainTable
          caption={name}
          headings={["measure", "told", "withheld", "difference"].map((heading) => textOf("effect", heading))}
          rows={effect.measures.map((measure) => ({ key: measure.name, cells: cellsOf(measure) }))}
        />
      )}
    </BlockStack>
  );

  function cellsOf({ name: measure, difference }: Measure) {
    const label = textOf("effect", measure);
    if (!difference) return [label, texts("effect.nobody")];
    return [
      label,
      <Rate key="told" rate={difference.told} />,
      <Rate key="withheld" rate={difference.withheld} />,
      <Gap difference={difference} key="gap" />,
    ];
  }
}

type Difference = NonNullable<Measure["difference"]>;

function Rate({ rate }: { rate: Difference["told"] }) {
  const { number, percent } = useFormats();
  return (
    <BlockStack>
      <Text as="span">{percent(rate.share)}</Text>
      <Text as="span" tone="subdued" variant="bodySm">
        <span style={{ whiteSpace: "nowrap" }}>
          {number(rate.part)} / {number(rate.whole)}
        </span>
      </Text>
    </BlockStack>
  );
}

function Gap({ difference }: { difference: Difference }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { points } = useFormats();
  const { by, low, high, verdict } = difference;
  if (verdict === "few") return <>{texts("performance.small")}</>;
  return (
    <BlockStack>
      <Text as="span">{texts("effect.points", { count: points(by) })}</Text>
      <Text as="span" tone="subdued" variant="bodySm">
        {points(low)} … {points(high)}
      </Text>
      <Text as="span" variant="bodySm">
        {textOf("effect.verdict", verdict)}
      </Text>
    </BlockStack>
  );
}
