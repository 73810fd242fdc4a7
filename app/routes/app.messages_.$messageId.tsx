import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, InlineStack, Layout } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { MessageActionsCard } from "#app/components/message-actions-card.tsx";
import { MessageBodyCard } from "#app/components/message-body-card.tsx";
import { MessageTimelineCard } from "#app/components/message-timeline-card.tsx";
import { MessageWhyCard } from "#app/components/message-why-card.tsx";
import { MessagesPage } from "#app/components/sending-banners.tsx";
import { DeliveryBadge, MessageBadge } from "#app/components/status-badge.tsx";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { answerMessageForm } from "#app/modules/notifications/answer-message-form.server.ts";
import { readMessage } from "#app/modules/notifications/read-message.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const id = params["messageId"] ?? "";
  const { message, sending } = await services.db.forShop(shopId, async (tx) => ({
    message: await readMessage(tx, services.keys, { shopId, id }),
    sending: await readSendingState(tx, services, shopId),
  }));
  if (!message) throw new Response(null, { status: 404 });
  // Made here, so that one question asked is one message, however often its button is pressed.
  return json({ ...message, sending, requestId: crypto.randomUUID() });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const answer = await answerMessageForm(webServices(), request, params["messageId"] ?? "");
  return json(answer, { status: answer.kind === "not_found" ? 404 : answer.kind === "invalid" ? 400 : 200 });
}

export default function Message() {
  const { entry, orderName, why, body, timeline, links, figures, sending, ...rest } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const textOf = useTextOf();
  const title = `${textOf("kind", entry.kind)}${orderName ? ` · ${orderName}` : ""}`;
  return (
    <MessagesPage
      backAction={{ content: texts("messages.title"), url: "/app/messages" }}
      sending={sending}
      subtitle={[textOf("channel", entry.channel), textOf("purpose", entry.purpose)].join(" · ")}
      title={title}
      titleMetadata={
        <InlineStack gap="200">
          <MessageBadge state={entry.state} />
          {entry.delivery && <DeliveryBadge delivery={entry.delivery} />}
        </InlineStack>
      }
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <MessageWhyCard entry={entry} why={why} />
            <MessageBodyCard body={body} subject={entry.subject} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <MessageActionsCard entry={entry} {...rest} />
            <MessageTimelineCard entry={entry} figures={figures} links={links} timeline={timeline} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </MessagesPage>
  );
}
