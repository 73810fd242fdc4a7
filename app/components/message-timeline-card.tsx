import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, InlineStack, Text } from "@shopify/polaris";
import type { MessageView } from "#app/modules/notifications/read-message.server.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

type View = SerializeFrom<MessageView>;
type Props = Pick<View, "entry" | "timeline" | "links" | "figures">;

/** What became of it, line by line: ours first, then what the provider and the reader did. */
export function MessageTimelineCard({ entry, timeline, links, figures }: Props) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { number } = useFormats();
  const cost = useCost(figures);
  return (
    <TitledCard gap="300" title={texts("message.timeline")}>
      <Line at={entry.decidedAt} words={texts("message.decided")} />
      {figures.firstAttemptAt && (
        <Line
          at={figures.firstAttemptAt}
          more={figures.attempts > 1 ? texts("message.attempts", { count: figures.attempts }) : null}
          words={texts("message.handed_over")}
        />
      )}
      {entry.sentAt && !timeline.some(({ type }) => type === "sent") && (
        <Line at={entry.sentAt} words={texts("message.accepted")} />
      )}
      {timeline.map(({ id, type, at, detail }) => (
        <Line
          at={at}
          key={id}
          more={type === "opened" ? texts("message.opens_unreliable") : detailText(detail, textOf)}
          words={textOf("delivery", type)}
        />
      ))}
      {timeline.length === 0 && entry.sentAt && (
        <Text as="p" tone="subdued">
          {texts("message.no_news")}
        </Text>
      )}
      {links.some(({ clicks }) => clicks > 0) && (
        <Text as="p">
          {texts("message.clicks")}:{" "}
          {links
            .filter(({ clicks }) => clicks > 0)
            .map(({ label, clicks }) => `${textOf("link", label)} ${number(clicks)}`)
            .join(", ")}
        </Text>
      )}
      {cost && <Text as="p">{cost}</Text>}
      {figures.providerId && (
        <Text as="p" breakWord tone="subdued" variant="bodySm">
          {figures.provider ?? entry.channel} · {figures.providerId}
        </Text>
      )}
    </TitledCard>
  );
}

function Line({ at, words, more = null }: { at: string; words: string; more?: string | null }) {
  const { moment } = useFormats();
  return (
    <BlockStack gap="050">
      <InlineStack align="space-between" gap="200">
        <Text as="span" fontWeight="medium">
          {words}
        </Text>
        <Text as="span" tone="subdued">
          {moment(at)}
        </Text>
      </InlineStack>
      {more && (
        <Text as="p" breakWord tone="subdued" variant="bodySm">
          {more}
        </Text>
      )}
    </BlockStack>
  );
}

function detailText(detail: Record<string, string>, textOf: ReturnType<typeof useTextOf>): string | null {
  const { kind, cause, message, link, choice, ...rest } = detail;
  const parts = [
    choice ? textOf("preference", choice) : null,
    link ? textOf("link", link) : null,
    [kind, cause].filter(Boolean).join(" / "),
    message,
    ...Object.values(rest),
  ];
  return parts.filter(Boolean).join(" · ") || null;
}

function useCost({ segments, costMicros, costCurrency }: View["figures"]): string | null {
  const texts = useTexts();
  if (costMicros === null && segments === null) return null;
  const amount =
    costMicros === null || !costCurrency
      ? texts("message.cost_unknown")
      : new Intl.NumberFormat(texts.locale, {
          style: "currency",
          currency: costCurrency,
          maximumFractionDigits: 4,
        }).format(costMicros / 1_000_000);
  return segments === null ? amount : texts("message.cost", { amount, count: segments });
}
