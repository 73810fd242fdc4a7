import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, InlineStack, Link, Text } from "@shopify/polaris";
import type { MessageLogEntry } from "#app/modules/notifications/read-notifications.server.ts";
import { useFormats } from "./formats.ts";
import { MessageBadge } from "./status-badge.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

/** What the shopper was told about this parcel and what not, each with its reason. */
export function ParcelMessagesCard({ messages }: { messages: readonly SerializeFrom<MessageLogEntry>[] }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { moment } = useFormats();
  return (
    <TitledCard gap="300" title={texts("parcel.messages")}>
      {messages.length === 0 && (
        <Text as="p" tone="subdued">
          {texts("parcel.no_messages")}
        </Text>
      )}
      {messages.map((message) => (
        <Box key={message.id}>
          <BlockStack gap="050">
            <InlineStack align="space-between" gap="200">
              <Text as="h3" fontWeight="medium">
                <Link url={`/app/messages/${message.id}`}>{textOf("kind", message.kind)}</Link>
              </Text>
              <MessageBadge state={message.state} />
            </InlineStack>
            <Text as="p" tone="subdued" variant="bodySm">
              {moment(message.sentAt ?? message.decidedAt)}
            </Text>
            <MessageReason message={message} />
          </BlockStack>
        </Box>
      ))}
    </TitledCard>
  );
}

/** Why a message went out, or did not, in words. */
export function MessageReason({
  message,
}: {
  message: { state: string; rule: string | null; error: string | null; wait?: string | null };
}) {
  const textOf = useTextOf();
  const { state, rule, error, wait = null } = message;
  const waits = state === "queued" && wait !== null;
  return (
    <Text as="p" variant="bodySm">
      {rule ? textOf("why", rule) : waits ? textOf("wait", wait) : textOf("message.explain", state)}{" "}
      {error && state !== "sent" ? error : null}
    </Text>
  );
}
