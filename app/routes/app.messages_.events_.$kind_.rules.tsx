import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Badge } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { EventDraftCard } from "#app/components/message-events/draft-card.tsx";
import { EventForm } from "#app/components/message-events/event-form.tsx";
import { RuleList } from "#app/components/message-events/rule-list.tsx";
import { useDraft } from "#app/components/message-events/use-draft.ts";
import { MessagesPage } from "#app/components/sending-banners.tsx";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { answerRulesForm } from "#app/modules/notifications/answer-rules-form.server.ts";
import { readEventsPage } from "#app/modules/notifications/read-events-page.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const { trialSender: trial } = services;
  const { page, sending } = await services.db.forShop(shopId, async (tx) => ({
    page: await readEventsPage(tx, { shopId, trial }),
    sending: await readSendingState(tx, services, shopId),
  }));
  const event = page.events.find(({ key }) => key === params["kind"]);
  if (!event || event.dormant) throw new Response(null, { status: 404 });
  const changes = page.changes.filter((change) => change.event === event.key);
  return json({ event, changes, sending, ready: page.ready });
}

export async function action({ request, params }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  const key = params["kind"] ?? "";
  const answer = await answerRulesForm(services, { shopId, actorId, fields: { ...fields, key } });
  return json(answer, { status: answer.kind === "unknown" ? 404 : 200 });
}

export default function EventRulesPage() {
  const { event, changes, sending, ready } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const textOf = useTextOf();
  const draft = useDraft(event.rules, { intent: "event", key: event.key });
  return (
    <MessagesPage
      backAction={{ content: texts("events.title"), url: "/app/messages/events" }}
      primaryAction={{
        content: texts("draft.save"),
        disabled: !draft.dirty,
        loading: draft.busy,
        onAction: draft.save,
      }}
      secondaryActions={[
        { content: texts("events.texts"), url: `/app/messages/events/${event.key}` },
        { content: texts("common.discard"), disabled: !draft.dirty, onAction: draft.discard },
      ]}
      sending={sending}
      subtitle={textOf("kind_hint", event.key)}
      title={textOf("kind", event.key)}
      titleMetadata={
        <Badge {...(event.rules.on ? { tone: "success" } : {})}>
          {texts(event.rules.on ? "messages.on" : "messages.off")}
        </Badge>
      }
    >
      {changes.length > 0 && <EventDraftCard changes={changes} />}
      <EventForm draft={draft} event={event} ready={ready} />
      <RuleList draft={draft} ready={ready} />
    </MessagesPage>
  );
}
