import type { SerializeFrom } from "@remix-run/node";
import { Badge, BlockStack, Box, Divider, InlineStack, Link, Text } from "@shopify/polaris";
import { Fragment } from "react";
import type { RehearsedLine } from "#app/modules/notifications/rehearsal/read-rehearsals.server.ts";
import { useFormats } from "./formats.ts";
import { type AdminKey, useTextOf, useTexts } from "./texts.tsx";

type Line = SerializeFrom<RehearsedLine>;

/** What would have been sent or held back, each with its reason and, opened, what it was decided on. */
export function RehearsedList({
  lines,
  orderNames,
}: {
  lines: readonly Line[];
  orderNames: Readonly<Record<string, string>>;
}) {
  return (
    <>
      {lines.map((line, index) => (
        <Fragment key={line.position}>
          {index > 0 && <Divider />}
          <Box padding="300">
            <OneLine line={line} orderName={orderNames[line.orderId] ?? null} />
          </Box>
        </Fragment>
      ))}
    </>
  );
}

const TONES: Readonly<Record<string, "success" | "attention" | "info">> = {
  sent: "success",
  waiting: "info",
  dropped: "attention",
};

function OneLine({ line, orderName }: { line: Line; orderName: string | null }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { moment } = useFormats();
  const tone = TONES[line.outcome];
  const waits = line.outcome === "waiting" && line.wait ? textOf("wait", line.wait) : null;
  const reason = line.outcome === "gone" ? texts("rehearsed.gone") : line.rule ? textOf("why", line.rule) : waits;
  return (
    <BlockStack gap="100">
      <InlineStack blockAlign="center" gap="200">
        <Text as="span" fontWeight="semibold">
          {textOf("kind", line.kind)}
        </Text>
        <Text as="span" tone="subdued">
          {line.audience === "staff" ? texts("rehearsal.staff") : textOf("channel", line.channel)}
        </Text>
        {line.outcome !== "gone" && (
          <Badge {...(tone ? { tone } : {})}>{texts(`rehearsed.${line.outcome}` as AdminKey)}</Badge>
        )}
        {line.difference && <Badge tone="new">{texts(`rehearsal.${line.difference}` as AdminKey)}</Badge>}
      </InlineStack>
      <InlineStack gap="200">
        <Text as="span" tone="subdued">
          {moment(line.at)}
        </Text>
        {line.shipmentId ? (
          <Link url={`/app/shipments/${line.shipmentId}`}>{orderName ?? texts("rehearsal.order")}</Link>
        ) : (
          <Text as="span">{orderName ?? ""}</Text>
        )}
      </InlineStack>
      {reason && (
        <Text as="p" tone="subdued">
          {reason}
        </Text>
      )}
      <details>
        <summary>{texts("rehearsal.evidence")}</summary>
        <dl style={{ display: "grid", gap: "0 1rem", gridTemplateColumns: "max-content 1fr", margin: "0.5rem 0 0" }}>
          {Object.entries({ decidedAt: line.decidedAt, ...line.evidence }).map(([name, value]) => (
            <Fragment key={name}>
              <dt>
                <code>{name}</code>
              </dt>
              <dd style={{ margin: 0, overflowWrap: "anywhere" }}>{String(value ?? "–")}</dd>
            </Fragment>
          ))}
        </dl>
      </details>
    </BlockStack>
  );
}
