import { Banner, BlockStack, Button, ChoiceList, Divider, InlineStack, List, Text } from "@shopify/polaris";
import { SmsCard } from "./sms-card.tsx";
import { SmsField } from "./sms-field.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { type SmsFormState, useSmsForm } from "./use-sms-form.ts";

const KINDS = ["number", "service", "name"] as const;
const EMPTY = {
  ...{ accountSid: "", apiKeySid: "", apiKeySecret: "", authToken: "" },
  ...{ senderKind: "number", sender: "", whatsappFrom: "" },
};

interface SmsConnectCardProps {
  /** Set when an account exists: what is not secret of it stands in the fields. */
  known?: Partial<typeof EMPTY>;
  onCancel?(): void;
}

/** The way to a connected Twilio account, step by step, each thing with where to find it. */
export function SmsConnectCard({ known, onCancel }: SmsConnectCardProps) {
  const texts = useTexts();
  const form = useSmsForm({ ...EMPTY, ...known }, onCancel);
  return (
    <SmsCard text={texts("sms.connect_text")} title={texts(known ? "sms.replace" : "sms.connect")}>
      <List type="number">
        <List.Item>{texts("sms.step_account")}</List.Item>
        <List.Item>{texts("sms.step_key")}</List.Item>
        <List.Item>{texts("sms.step_sender")}</List.Item>
      </List>
      <Credentials form={form} />
      <Divider />
      <Sender form={form} />
      <Refusal form={form} />
      <InlineStack gap="200">
        <Button loading={form.busy} onClick={() => form.submit("connect")} variant="primary">
          {texts("sms.connect")}
        </Button>
        {onCancel && <Button onClick={onCancel}>{texts("common.cancel")}</Button>}
      </InlineStack>
    </SmsCard>
  );
}

function Credentials({ form }: { form: SmsFormState }) {
  return (
    <BlockStack gap="300">
      <SmsField form={form} help="sms.account_sid_help" label="sms.account_sid" maxLength={40} name="accountSid" />
      <SmsField
        form={form}
        label="sms.auth_token"
        maxLength={60}
        name="authToken"
        type="password"
        help="sms.auth_token_help"
      />
      <SmsField form={form} help="sms.key_sid_help" label="sms.key_sid" maxLength={40} name="apiKeySid" />
      <SmsField
        form={form}
        help="sms.key_secret_help"
        label="sms.key_secret"
        maxLength={60}
        name="apiKeySecret"
        type="password"
      />
    </BlockStack>
  );
}

function Sender({ form }: { form: SmsFormState }) {
  const texts = useTexts();
  const kind = KINDS.find((one) => one === form.values["senderKind"]) ?? "number";
  return (
    <BlockStack gap="300">
      <ChoiceList
        choices={KINDS.map((value) => ({
          value,
          label: texts(`sms.kind.${value}`),
          helpText: texts(`sms.kind.${value}_help`),
        }))}
        name="senderKind"
        onChange={([value]) => form.set("senderKind")(value ?? "number")}
        selected={[kind]}
        title={texts("sms.sender_kind")}
      />
      <SmsField form={form} label={`sms.sender.${kind}`} maxLength={60} name="sender" placeholder={EXAMPLES[kind]} />
      <Text as="p" tone="subdued">
        {texts("sms.registration")}
      </Text>
      <SmsField form={form} help="sms.whatsapp_help" label="sms.whatsapp" maxLength={60} name="whatsappFrom" />
    </BlockStack>
  );
}

const EXAMPLES = { number: "+12025550143", service: "MG…", name: "NORTHPEAK" } as const;

function Refusal({ form }: { form: SmsFormState }) {
  const textOf = useTextOf();
  const { answer } = form;
  if (answer?.kind !== "refused" || !answer.cause) return null;
  return (
    <Banner tone="critical">
      <p>{textOf("sms.refused", answer.cause, "sms.refused.unreachable")}</p>
    </Banner>
  );
}
