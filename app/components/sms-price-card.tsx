import { BlockStack, Button, Checkbox, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { SmsCountry, SmsPage } from "#app/modules/notifications/sms/read-sms-page.server.ts";
import { useFormats } from "./formats.ts";
import { PlainTable } from "./plain-table.tsx";
import { SmsCard } from "./sms-card.tsx";
import { useTexts } from "./texts.tsx";
import { useSmsForm } from "./use-sms-form.ts";

interface SmsPriceCardProps {
  countries: readonly SmsCountry[];
  prices: SmsPage["prices"];
  accepted: boolean;
}

/** What a text costs where the shop ships to, what a month would, and the merchant's yes to it. */
export function SmsPriceCard({ countries, prices, accepted }: SmsPriceCardProps) {
  const texts = useTexts();
  const formats = useFormats();
  const priced = countries.filter(({ estimate }) => estimate !== null);
  const before = priced.filter((one) => one.accepted || !accepted).map(({ country }) => country);
  const [chosen, setChosen] = useState<readonly string[]>(before);
  const form = useSmsForm({});
  const toggle = (country: string) => (on: boolean) =>
    setChosen((now) => (on ? [...now, country] : now.filter((one) => one !== country)));
  const sum = priced.reduce(
    (total, { country, estimate }) => total + (chosen.includes(country) ? (estimate?.microsPerMonth ?? 0) : 0),
    0,
  );
  const rows = countries.map(({ country, orders, estimate }) => ({
    key: country,
    cells: [
      <Checkbox
        checked={chosen.includes(country)}
        disabled={estimate === null}
        key="choice"
        label={formats.country(country)}
        onChange={toggle(country)}
      />,
      formats.number(orders),
      estimate ? formats.unitPrice(estimate.microsPerText, prices.currency) : texts("sms.no_price"),
      estimate ? formats.micros(estimate.microsPerMonth, prices.currency) : "–",
    ],
  }));
  const headings = [texts("sms.country"), texts("sms.orders"), texts("sms.per_text"), texts("sms.per_month")];
  return (
    <SmsCard
      step={{ done: accepted, label: texts(accepted ? "sms.done" : "sms.open") }}
      text={texts("sms.prices_text", { month: formats.month(prices.asOf), count: prices.textsPerOrder })}
      title={texts("sms.prices")}
    >
      <PlainTable caption={texts("sms.prices")} headings={headings} rows={rows} />
      <BlockStack gap="200">
        <Text as="p" fontWeight="semibold">
          {texts("sms.sum", { sum: formats.micros(sum, prices.currency) })}
        </Text>
        <Text as="p" tone="subdued">
          {texts("sms.prices_note")}
        </Text>
      </BlockStack>
      {form.problem("countries") && (
        <Text as="p" tone="critical">
          {texts("sms.choose_country")}
        </Text>
      )}
      <InlineStack>
        <Button
          loading={form.busy}
          onClick={() => form.submit("accept_prices", { countries: chosen.join(",") })}
          {...(accepted ? {} : { variant: "primary" as const })}
        >
          {texts("sms.accept")}
        </Button>
      </InlineStack>
    </SmsCard>
  );
}
