import { ChoiceList } from "@shopify/polaris";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import type { EventRules } from "#app/modules/notifications/message-rules.ts";

type Channels = EventRules["channels"];

/** Which of the ways over a phone are set up. */
export interface TextReadiness {
  smsReady: boolean;
  whatsappReady: boolean;
}

interface ChannelChoiceProps {
  label: string;
  value: Channels;
  ready: TextReadiness;
  error?: string | undefined;
  onChange: (channels: Channels) => void;
}

/** The ways to reach the shopper; a way that is not set up says so, and can be prepared all the same. */
export function ChannelChoice({ label, value, ready, error, onChange }: ChannelChoiceProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const choices = (["email", "sms", "whatsapp"] as const).map((channel) => ({
    label: textOf("channel", channel),
    value: channel,
    ...(channel === "sms" && !ready.smsReady ? { helpText: texts("events.sms_not_ready") } : {}),
    ...(channel === "whatsapp" && !ready.whatsappReady ? { helpText: texts("events.whatsapp_not_ready") } : {}),
  }));
  return (
    <ChoiceList
      allowMultiple
      choices={choices}
      onChange={(selected) => onChange(choices.map((one) => one.value).filter((name) => selected.includes(name)))}
      selected={value}
      title={label}
      {...(error ? { error } : {})}
    />
  );
}
