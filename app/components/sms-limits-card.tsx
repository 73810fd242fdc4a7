import { Button, InlineGrid, InlineStack } from "@shopify/polaris";
import type { SmsCaps } from "#app/modules/notifications/sms/sms-account.ts";
import { SmsCard } from "./sms-card.tsx";
import { SmsField } from "./sms-field.tsx";
import { useTexts } from "./texts.tsx";
import { useSmsForm } from "./use-sms-form.ts";

/** How many texts may go out in a day, so that nobody runs up a bill. */
export function SmsLimitsCard({ caps }: { caps: SmsCaps }) {
  const texts = useTexts();
  const { perNumber, perPrefix, perShop } = caps;
  const form = useSmsForm({ perNumber: `${perNumber}`, perPrefix: `${perPrefix}`, perShop: `${perShop}` });
  return (
    <SmsCard text={texts("sms.caps_text")} title={texts("sms.caps")}>
      <InlineGrid columns={{ xs: 1, md: 3 }} gap="300">
        <SmsField form={form} help="sms.per_number_help" label="sms.per_number" name="perNumber" type="number" />
        <SmsField form={form} help="sms.per_prefix_help" label="sms.per_prefix" name="perPrefix" type="number" />
        <SmsField form={form} help="sms.per_shop_help" label="sms.per_shop" name="perShop" type="number" />
      </InlineGrid>
      <InlineStack>
        <Button loading={form.busy} onClick={() => form.submit("caps")}>
          {texts("common.save")}
        </Button>
      </InlineStack>
    </SmsCard>
  );
}
