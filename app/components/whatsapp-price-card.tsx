import { Button, InlineGrid, InlineStack, TextField } from "@shopify/polaris";
import type { SmsCountry } from "#app/modules/notifications/sms/read-sms-page.server.ts";
import { useFormats } from "./formats.ts";
import { SmsCard } from "./sms-card.tsx";
import { useTexts } from "./texts.tsx";
import { useSmsForm } from "./use-sms-form.ts";

/** What a WhatsApp message costs in each country that the shop ships to, as the merchant says: until then none goes out. */
export function WhatsappPriceCard({ countries, ready }: { countries: readonly SmsCountry[]; ready: boolean }) {
  const texts = useTexts();
  const formats = useFormats();
  const form = useSmsForm(Object.fromEntries(countries.map(({ country, whatsapp }) => [`price.${country}`, whatsapp])));
  return (
    <SmsCard
      step={{ done: ready, label: texts(ready ? "sms.done" : "sms.open") }}
      text={texts("sms.whatsapp_prices_text")}
      title={texts("sms.whatsapp_prices")}
    >
      <InlineGrid columns={{ xs: 1, sm: 2, md: 3 }} gap="300">
        {countries.map(({ country }) => {
          const name = `price.${country}`;
          const problem = form.problem(name);
          return (
            <TextField
              autoComplete="off"
              inputMode="decimal"
              key={country}
              label={formats.country(country)}
              maxLength={10}
              name={name}
              onChange={form.set(name)}
              prefix="$"
              value={form.values[name] ?? ""}
              {...(problem ? { error: problem } : {})}
            />
          );
        })}
      </InlineGrid>
      <InlineStack>
        <Button loading={form.busy} onClick={() => form.submit("whatsapp_prices")}>
          {texts("sms.whatsapp_accept")}
        </Button>
      </InlineStack>
    </SmsCard>
  );
}
