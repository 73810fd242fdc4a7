import { useFetcher } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, Icon, InlineStack, Text } from "@shopify/polaris";
import { CheckCircleIcon, StatusIcon } from "@shopify/polaris-icons";
import { useFormats } from "#app/components/formats.ts";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import type { GoLiveState, GoLiveStep } from "#app/modules/notifications/go-live.server.ts";

/** Before going live the checklist and one button; afterwards what is so, and "pause all". */
export function GoLiveCard({ state }: { state: GoLiveState }) {
  return state.live ? <LiveCard state={state} /> : <Checklist steps={state.steps} />;
}

/** Sends one word to the page that answers it, from wherever it was pressed. */
export function useMessagesIntent() {
  const fetcher = useFetcher<{ kind: string }>();
  return {
    busy: fetcher.state !== "idle",
    answer: fetcher.data?.kind,
    send: (intent: string) => fetcher.submit({ intent }, { method: "post", action: "/app/messages/events" }),
  };
}

function LiveCard({ state }: { state: GoLiveState }) {
  const texts = useTexts();
  const formats = useFormats();
  const { busy, send } = useMessagesIntent();
  const { paused, liveSince } = state;
  return (
    <Banner
      action={{
        content: texts(paused ? "live_card.resume" : "live_card.pause"),
        loading: busy,
        onAction: () => send(paused ? "resume" : "pause"),
      }}
      title={texts(paused ? "live_card.paused" : "live_card.live")}
      tone={paused ? "warning" : "success"}
    >
      <p>
        {paused
          ? texts("live_card.paused_text")
          : liveSince
            ? texts("live_card.since", { when: formats.moment(liveSince) })
            : texts("live_card.live_text")}
      </p>
    </Banner>
  );
}

function Checklist({ steps }: { steps: readonly GoLiveStep[] }) {
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
              source={done ? CheckCircleIcon : StatusIcon}
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
        {!done && (
          <Button size="slim" url={kind ? `${PLACES[name]}/${kind}` : PLACES[name]}>
            {texts("live_step.do")}
          </Button>
        )}
      </InlineStack>
    </li>
  );
}
