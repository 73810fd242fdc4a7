import { Button, InlineStack, Text } from "@shopify/polaris";
import { useFormats } from "./formats.ts";
import { SmsCard } from "./sms-card.tsx";
import { SmsField } from "./sms-field.tsx";
import { useTexts } from "./texts.tsx";
import { useSmsForm } from "./use-sms-form.ts";

interface SmsConsentCardProps {
  consent: { wording: string; confirmedAt: string } | null;
  shopName: string;
}

/** What the checkout says beside the telephone number: without it nobody has agreed to a text. */
export function SmsConsentCard({ consent, shopName }: SmsConsentCardProps) {
  const texts = useTexts();
  const { moment } = useFormats();
  const form = useSmsForm({ wording: consent?.wording ?? "" });
  const proposal = texts("sms.consent_proposal", { shop: shopName });
  return (
    <SmsCard
      step={{ done: consent !== null, label: texts(consent ? "sms.done" : "sms.open") }}
      text={texts("sms.consent_text")}
      title={texts("sms.consent")}
    >
      <SmsField
        form={form}
        help="sms.wording_help"
        label="sms.wording"
        maxLength={1000}
        multiline={4}
        name="wording"
        placeholder={proposal}
      />
      <InlineStack blockAlign="center" gap="200">
        <Button
          loading={form.busy}
          onClick={() => form.submit("consent")}
          {...(consent ? {} : { variant: "primary" as const })}
        >
          {texts("sms.confirm")}
        </Button>
        <Button onClick={() => form.set("wording")(proposal)} variant="plain">
          {texts("sms.use_proposal")}
        </Button>
      </InlineStack>
      {consent && (
        <Text as="p" tone="subdued">
          {texts("sms.confirmed", { at: moment(consent.confirmedAt) })}
        </Text>
      )}
      <Text as="p" tone="subdued">
        {texts("sms.marketing_note")}
      </Text>
    </SmsCard>
  );
}
