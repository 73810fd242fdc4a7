import { Banner, Button } from "@shopify/polaris";
import { SmsCard } from "./sms-card.tsx";
import { SmsField } from "./sms-field.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { type SmsAnswer, useSmsForm } from "./use-sms-form.ts";

/** One text to the merchant's own phone, before shoppers get any. */
export function SmsTestCard() {
  const texts = useTexts();
  const form = useSmsForm({ testTo: "" });
  const button = (
    <Button loading={form.busy} onClick={() => form.submit("test")}>
      {texts("sms.test_send")}
    </Button>
  );
  return (
    <SmsCard text={texts("sms.test_text")} title={texts("sms.test")}>
      <SmsField connectedRight={button} form={form} label="sms.test_to" maxLength={40} name="testTo" type="tel" />
      <TestAnswer answer={form.answer} />
    </SmsCard>
  );
}

function TestAnswer({ answer }: { answer: SmsAnswer | undefined }) {
  const texts = useTexts();
  const textOf = useTextOf();
  if (answer?.kind === "sent") {
    return (
      <Banner tone="success">
        <p>{texts("sms.test_sent")}</p>
      </Banner>
    );
  }
  if (answer?.kind !== "not_sent") return null;
  return (
    <Banner tone="critical">
      <p>
        {textOf("text_problem", answer.problem ?? "other", "text_problem.other")}
        {answer.code ? ` (Twilio ${answer.code})` : ""}
      </p>
    </Banner>
  );
}
