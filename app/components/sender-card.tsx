import { BlockStack, Select, Text, TextField } from "@shopify/polaris";
import { SettingsField } from "./settings-field.tsx";
import { useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";
import type { FormValues, SettingsFormState } from "./use-settings-form.ts";

export type SenderForm = SettingsFormState<FormValues>;

export interface SenderCardProps {
  form: SenderForm;
  /** Names of the shop's verified domains. */
  verified: readonly string[];
  trial: { address: string; mailsPerDay: number };
  shopName: string;
  fallbackReply: string;
}

export const USUAL_NAME = "orders";

/** Whose name and address shoppers see, and where their answers go. */
export function SenderCard({ form, verified, trial, shopName, fallbackReply }: SenderCardProps) {
  const texts = useTexts();
  return (
    <TitledCard title={texts("sender.title")}>
      <SettingsField
        form={form}
        help="sender.name_help"
        label="sender.name"
        maxLength={80}
        name="fromName"
        placeholder={shopName}
      />
      <FromAddress form={form} trial={trial} verified={verified} />
      <SettingsField
        form={form}
        help="sender.reply_help"
        label="sender.reply"
        name="replyTo"
        placeholder={fallbackReply}
        type="email"
      />
    </TitledCard>
  );
}

function FromAddress({ form, verified, trial }: Pick<SenderCardProps, "form" | "verified" | "trial">) {
  const texts = useTexts();
  const address = String(form.values["fromAddress"] ?? "");
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  const set = form.set("fromAddress");
  const problem = form.problem("fromAddress");
  // An address on a domain that is not verified any more is still what is chosen.
  const names = address && !verified.includes(domain) ? [domain, ...verified] : verified;
  const trialLabel =
    trial.mailsPerDay > 0 ? texts("sender.from_trial", { address: trial.address }) : texts("sender.from_none");
  return (
    <BlockStack gap="200">
      <Select
        helpText={
          address
            ? texts("sender.from_help")
            : trial.mailsPerDay > 0
              ? texts("sender.trial_help", { count: trial.mailsPerDay })
              : texts("sender.trial_none")
        }
        label={texts("sender.from")}
        onChange={(name) => set(name ? `${address.slice(0, Math.max(0, at)) || USUAL_NAME}@${name}` : "")}
        options={[{ label: trialLabel, value: "" }, ...names.map((name) => ({ label: name, value: name }))]}
        value={address ? domain : ""}
      />
      {address && (
        <TextField
          autoComplete="off"
          label={texts("sender.from_address")}
          maxLength={64}
          name="fromLocal"
          onChange={(name) => set(`${name.replace(/[@\s]/g, "")}@${domain}`)}
          suffix={`@${domain}`}
          value={address.slice(0, at)}
          {...(problem ? { error: problem } : {})}
        />
      )}
    </BlockStack>
  );
}

/** How it looks in a shopper's inbox. */
export function SenderPreview({ form, trial, shopName, fallbackReply }: Omit<SenderCardProps, "verified">) {
  const texts = useTexts();
  const { fromName, fromAddress, replyTo } = form.values;
  const replies = String(replyTo || fallbackReply);
  return (
    <TitledCard gap="100" title={texts("sender.preview")}>
      <Text as="p" fontWeight="semibold">
        {String(fromName || shopName)}
      </Text>
      <Text as="p" breakWord tone="subdued">
        {String(fromAddress || trial.address)}
      </Text>
      <Text as="p" breakWord tone="subdued">
        {replies ? texts("sender.replies_to", { address: replies }) : texts("sender.no_reply")}
      </Text>
    </TitledCard>
  );
}
