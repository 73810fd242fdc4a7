import type { SerializeFrom } from "@remix-run/node";
import { Link, Text } from "@shopify/polaris";
import type { MessageView } from "#app/modules/notifications/read-message.server.ts";
import { useFormats } from "./formats.ts";
import { PlainTable } from "./plain-table.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

type View = SerializeFrom<MessageView>;

/** Names that tell a merchant nothing; the scan they stand for is on the parcel's page. */
const HIDDEN = new Set(["by", "fingerprint", "ruleId", "agesFrom", "bundledInto", "gatheredInto", "repeatOf"]);

/** Why it was sent or not: the rule in words, what it was seen in, and when that was. */
export function MessageWhyCard({ entry, why }: Pick<View, "entry" | "why">) {
  const texts = useTexts();
  const textOf = useTextOf();
  const valueOf = useEvidenceText();
  const { moment } = useFormats();
  const verdict = entry.rule
    ? textOf("why", entry.rule)
    : entry.purpose === "manual" || entry.purpose === "test"
      ? texts(entry.purpose === "test" ? "message.test" : "message.by_hand")
      : ["sent", "sending", "queued"].includes(entry.state)
        ? texts("message.because")
        : textOf("message.explain", entry.state);
  const evidence = Object.entries(why.evidence).filter(
    ([name, value]) => !HIDDEN.has(name) && value !== null && value !== "",
  );
  const rows = [
    ["decided", texts("message.decided"), moment(entry.decidedAt)] as const,
    ...(entry.dueAt && entry.dueAt !== entry.decidedAt
      ? [["due", texts("message.due"), moment(entry.dueAt)] as const]
      : []),
    ...evidence.map(([name, value]) => [name, textOf("evidence", name), valueOf(name, value)] as const),
    // No rules decide about what somebody tries out.
    ...(entry.purpose === "test"
      ? []
      : [["rules", texts("message.rules"), versionText(texts("message.own_rules"), why.rulesNumber)] as const]),
    ...(why.templateNumber === null
      ? []
      : [
          [
            "template",
            texts("message.template"),
            versionText(texts("message.own_template"), why.templateNumber),
          ] as const,
        ]),
  ];
  const { repeatOf } = why.evidence;
  return (
    <TitledCard gap="300" title={texts("message.why")}>
      <Text as="p" fontWeight="medium">
        {verdict} {why.wait && entry.state === "queued" ? textOf("wait", why.wait) : null}
      </Text>
      {why.note && <Text as="p">{texts("message.note", { note: why.note })}</Text>}
      {entry.error && entry.state !== "sent" && (
        <Text as="p" breakWord tone="subdued">
          {textOf("why", entry.error)}
        </Text>
      )}
      <PlainTable
        caption={texts("message.evidence")}
        headings={[texts("message.what"), texts("message.value")]}
        rows={rows.map(([key, name, value]) => ({ key, cells: [name, value] }))}
      />
      {entry.shipmentId && <Link url={`/app/shipments/${entry.shipmentId}`}>{texts("message.open_parcel")}</Link>}
      {typeof repeatOf === "string" && <Link url={`/app/messages/${repeatOf}`}>{texts("message.open_first")}</Link>}
    </TitledCard>
  );
}

const versionText = (own: string, number: number) => (number === 0 ? own : `#${number}`);

function useEvidenceText(): (name: string, value: string | number | boolean | null) => string {
  const texts = useTexts();
  const textOf = useTextOf();
  const { moment, date, number } = useFormats();
  return (name, value) => {
    if (typeof value === "boolean") return texts(value ? "common.yes" : "common.no");
    if (typeof value === "number") return number(value);
    if (value === null) return "–";
    if (/^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return moment(value);
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return date(value);
    if (name === "subStatus") return textOf("sub", value);
    if (name === "status" || name === "statusThen") return textOf("status", value, "status.unknown");
    return value;
  };
}
