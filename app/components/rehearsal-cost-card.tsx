import { Link, Text } from "@shopify/polaris";
import type { RehearsalSummary } from "#app/modules/notifications/rehearsal/rehearsal-summary.ts";
import { useFormats } from "./formats.ts";
import { PlainTable } from "./plain-table.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

type Cost = NonNullable<RehearsalSummary["textCost"]>;

/** What the texts of a rehearsal would cost, event by event, and which of them have no price. */
export function RehearsalCostCard({ cost, list }: { cost: Cost; list: string }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { number, micros, month } = useFormats();
  const { total, byKind, currency, unpriced } = cost;
  const priced = byKind.filter((sum) => sum.texts > 0);
  const cells = (sum: typeof total) => [number(sum.texts), number(sum.segments), micros(sum.micros, currency)];
  const rows = priced.map(({ kind, ...sum }) => ({
    key: kind,
    cells: [
      <Link key="kind" url={`${list}?kind=${kind}`}>
        {textOf("kind", kind)}
      </Link>,
      ...cells(sum),
    ],
  }));
  return (
    <TitledCard gap="300" title={texts("rehearsal.cost")}>
      {priced.length > 0 && (
        <PlainTable
          caption={texts("rehearsal.cost")}
          headings={["by_event", "texts", "parts", "price"].map((name) => textOf("rehearsal", name))}
          rows={[
            ...rows,
            { key: "total", cells: [<strong key="total">{texts("rehearsal.total")}</strong>, ...cells(total)] },
          ]}
        />
      )}
      {unpriced.map((one) => (
        <Text as="p" key={`${one.reason} ${one.countryCode}`}>
          <Unpriced {...one} />
        </Text>
      ))}
      {cost.closed && (
        <Text as="p">
          {texts("rehearsal.cost_closed")} <Link url="/app/settings/sms">{texts("settings.sms")}</Link>
        </Text>
      )}
      <Text as="p" tone="subdued" variant="bodySm">
        {texts(cost.basis === "accepted" ? "rehearsal.cost_accepted" : "rehearsal.cost_list", {
          month: month(cost.asOf),
        })}{" "}
        {texts("rehearsal.cost_note")}
      </Text>
    </TitledCard>
  );
}

function Unpriced({ reason, countryCode, texts: count }: Cost["unpriced"][number]) {
  const texts = useTexts();
  const { country } = useFormats();
  if (reason === "whatsapp") return <>{texts("rehearsal.unpriced_whatsapp", { count })}</>;
  if (countryCode === null) return <>{texts("rehearsal.unpriced_nowhere", { count })}</>;
  const key = reason === "no_price" ? "rehearsal.unpriced_country" : "rehearsal.unpriced_not_accepted";
  return <>{texts(key, { count, country: country(countryCode) })}</>;
}
