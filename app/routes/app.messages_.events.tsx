import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import { DraftCard } from "#app/components/message-events/draft-card.tsx";
import { EventList } from "#app/components/message-events/event-list.tsx";
import { GeneralCard } from "#app/components/message-events/general-card.tsx";
import { GoLiveCard } from "#app/components/message-events/go-live-card.tsx";
import { MessagesPage } from "#app/components/sending-banners.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { answerRulesForm } from "#app/modules/notifications/answer-rules-form.server.ts";
import { readEventsPage } from "#app/modules/notifications/read-events-page.server.ts";
import { readSendingState } from "#app/modules/notifications/read-sending-state.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  const { trialSender: trial } = services;
  return services.db.forShop(shopId, async (tx) => {
    const sending = await readSendingState(tx, services, shopId);
    return json({ ...(await readEventsPage(tx, { shopId, trial })), sending });
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  return json(await answerRulesForm(services, { shopId, actorId, fields }));
}

export default function MessageEvents() {
  const { events, general, draft, changes, goLive, sending } = useLoaderData<typeof loader>();
  const texts = useTexts();
  return (
    <MessagesPage
      backAction={{ content: texts("messages.title"), url: "/app/messages" }}
      subtitle={texts("events.subtitle")}
      sending={sending}
      title={texts("events.title")}
    >
      {!sending.live && <GoLiveCard steps={goLive.steps} />}
      {draft && <DraftCard changes={changes} />}
      <div id="events">
        <EventList events={events} />
      </div>
      <div id="general">
        <GeneralCard general={general} />
      </div>
    </MessagesPage>
  );
}
