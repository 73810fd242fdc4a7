import { Badge, BlockStack, Button, Card, Icon, InlineStack, Text } from "@shopify/polaris";
import { CheckCircleIcon, MinusCircleIcon } from "@shopify/polaris-icons";
import { onBehalfOf } from "#app/components/return-link.tsx";
import { useMessagesIntent } from "#app/components/sending-banners.tsx";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import type { GoLiveStep } from "#app/modules/notifications/go-live.server.ts";

/** Before going live: what is still to be done, and the one button. */
export function GoLiveCard({ steps }: { steps: readonly GoLiveStep[] }) {
  const texts = useTexts();
  const { busy, answer, send } = useMessagesIntent();
  const open = steps.filter(({ done }) => !done).length;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingMd">
            {texts("live_card.title")}
          </Text>
          <Badge>{texts("live_card.off")}</Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          {texts("live_card.promise")}
        </Text>
        <BlockStack as="ul" gap="300">
          {steps.map((step) => (
            <StepRow key={step.name} step={step} />
          ))}
        </BlockStack>
        {answer === "not_ready" && (
          <Text as="p" tone="critical">
            {texts("live_card.not_ready")}
          </Text>
        )}
        <InlineStack blockAlign="center" gap="300">
          <Button disabled={open > 0} loading={busy} onClick={() => send("go_live")} variant="primary">
            {texts("live_card.go")}
          </Button>
          {open > 0 && (
            <Text as="span" tone="subdued">
              {texts("live_card.left", { count: open })}
            </Text>
          )}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}

const PLACES = {
  sender: "/app/settings/sender",
  event: "#events",
  preview: "/app/messages/events",
  rehearsal: "/app/messages/rehearsal",
} as const;

function StepRow({ step }: { step: GoLiveStep }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { name, done, reason, address, stale, kind } = step;
  const word = !done ? "live_step.do" : name === "sender" || name === "event" ? "live_step.change" : "live_step.again";
  const detail = address
    ? texts("live_step.sender_address", { address })
    : reason
      ? textOf("sender_reason", reason)
      : textOf("live_step", `${name}_${stale ? "stale" : "help"}`);
  return (
    <li style={{ listStyle: "none" }}>
      <InlineStack align="space-between" blockAlign="start" gap="200" wrap={false}>
        <InlineStack align="start" blockAlign="start" gap="200" wrap={false}>
          <div>
            <Icon
              accessibilityLabel={texts(done ? "live_step.done" : "live_step.open")}
              source={done ? CheckCircleIcon : MinusCircleIcon}
              tone={done ? "success" : "subdued"}
            />
          </div>
          <BlockStack gap="050">
            <Text as="span" fontWeight="medium">
              {texts(`live_step.${name}`)}
            </Text>
            <Text as="span" tone="subdued">
              {detail}
            </Text>
          </BlockStack>
        </InlineStack>
        <Button
          accessibilityLabel={`${texts(word)}: ${texts(`live_step.${name}`)}`}
          size="slim"
          url={name === "event" ? PLACES.event : onBehalfOf("live", kind ? `${PLACES[name]}/${kind}` : PLACES[name])}
          {...(done ? { variant: "plain" as const } : {})}
        >
          {texts(word)}
        </Button>
      </InlineStack>
    </li>
  );
}
