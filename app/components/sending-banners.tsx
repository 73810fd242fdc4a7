import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import {
  Badge,
  Banner,
  BlockStack,
  Button,
  InlineStack,
  Page,
  type PageProps,
  Text,
  useBreakpoints,
} from "@shopify/polaris";
import { useEffect, useRef } from "react";
import type { ChannelProblem, SendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { BareRow } from "./bare-row.tsx";
import { useFormats } from "./formats.ts";
import { ReturnLink } from "./return-link.tsx";
import { useTextOf, useTexts } from "./texts.tsx";

export type Sending = SerializeFrom<SendingState>;

/** Sends one word to the page that answers it, from wherever it was pressed, and once however often it is pressed. */
export function useMessagesIntent() {
  const fetcher = useFetcher<{ kind: string }>();
  const pressed = useRef(false);
  const busy = fetcher.state !== "idle";
  useEffect(() => {
    if (!busy) pressed.current = false;
  }, [busy]);
  return {
    busy,
    answer: fetcher.data?.kind,
    send(intent: string) {
      if (pressed.current) return;
      pressed.current = true;
      fetcher.submit({ intent }, { method: "post", action: "/app/messages/events" });
    },
  };
}

interface MessagesPageProps extends PageProps {
  sending: Sending;
}

/** A page about messages: whether they go out, the one press that stops them all, and what keeps some of them back. */
export function MessagesPage({ sending, children, ...page }: MessagesPageProps) {
  return (
    <Page {...page}>
      <ReturnLink />
      <BlockStack gap="400">
        {sending.live && !sending.paused && <LiveRow liveSince={sending.liveSince} />}
        <SendingBanners sending={sending} />
        {children}
      </BlockStack>
    </Page>
  );
}

function LiveRow({ liveSince }: { liveSince: string | null }) {
  const texts = useTexts();
  const formats = useFormats();
  const { smDown } = useBreakpoints();
  const { busy, send } = useMessagesIntent();
  return (
    <BareRow>
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack blockAlign="center" gap="200">
          <Badge progress="complete" tone="success">
            {texts("live_card.live")}
          </Badge>
          {liveSince && !smDown && (
            <Text as="span" tone="subdued">
              {texts("live_card.since", { when: formats.moment(liveSince) })}
            </Text>
          )}
        </InlineStack>
        <Button loading={busy} onClick={() => send("pause")}>
          {texts("live_card.pause")}
        </Button>
      </InlineStack>
    </BareRow>
  );
}

/** What stops messages that should go out: a person, or a channel that is closed. */
export function SendingBanners({ sending }: { sending: Sending }) {
  return (
    <>
      {sending.live && sending.paused && <PausedBanner />}
      {sending.problems.map((problem) => (
        <ChannelBanner key={problem.channel + problem.reason} problem={problem} />
      ))}
    </>
  );
}

function PausedBanner() {
  const texts = useTexts();
  const { busy, send } = useMessagesIntent();
  return (
    <Banner
      action={{ content: texts("live_card.resume"), loading: busy, onAction: () => send("resume") }}
      title={texts("live_card.paused")}
      tone="warning"
    >
      <p>{texts("live_card.paused_text")}</p>
    </Banner>
  );
}

const PLACES = { email: "/app/settings/sender", sms: "/app/settings/sms" } as const;

/** Why messages of a channel do not go out, how many that are, and the way to where it is mended: none where it is here. */
export function ChannelBanner({ problem, here = false }: { problem: ChannelProblem; here?: boolean }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { channel, reason, detail, messages } = problem;
  const dropped = reason === "cap_reached";
  const mends = !here && reason !== "mail_service";
  return (
    <Banner
      title={texts(dropped ? "held.dropped_title" : `held.${channel}_title`)}
      tone="critical"
      {...(mends ? { action: { content: texts(`held.mend_${channel}`), url: PLACES[channel] } } : {})}
    >
      <p>
        {reason.startsWith("sender_") ? textOf("sender_reason", reason.slice(7)) : textOf("held", reason)}{" "}
        {detail && textOf("text_problem", detail)}{" "}
        {messages > 0 && texts(dropped ? "held.dropped" : "held.waiting", { count: messages })}
      </p>
    </Banner>
  );
}
