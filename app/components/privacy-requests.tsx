import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { PrivacyRequestView } from "#app/modules/shops/privacy-requests.server.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

type Request = SerializeFrom<PrivacyRequestView>;

/** What Shopify asked for in a buyer's name, and what was done about it. */
export function PrivacyRequests({ requests }: { requests: readonly Request[] }) {
  const texts = useTexts();
  return (
    <TitledCard gap="300" title={texts("privacy.requests")}>
      <Text as="p" tone="subdued">
        {texts(requests.length === 0 ? "privacy.no_requests" : "privacy.requests_text")}
      </Text>
      {requests.map((request) => (
        <RequestRow key={request.id} request={request} />
      ))}
    </TitledCard>
  );
}

function RequestRow({ request }: { request: Request }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { moment } = useFormats();
  const [failed, setFailed] = useState(false);
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack>
          <Text as="h3" fontWeight="medium">
            {textOf("privacy.kind", request.kind)}
          </Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {moment(request.receivedAt)} ·{" "}
            {request.completedAt ? texts("privacy.done", { when: moment(request.completedAt) }) : texts("privacy.open")}
          </Text>
        </BlockStack>
        {request.downloadable && (
          <Button onClick={() => void download(request.id).then((fetched) => setFailed(!fetched))}>
            {texts("privacy.download")}
          </Button>
        )}
      </InlineStack>
      {failed && (
        <Text as="p" tone="critical">
          {texts("privacy.download_failed")}
        </Text>
      )}
    </BlockStack>
  );
}

/** By fetch, because App Bridge puts the session token on it; a plain link would arrive without one. */
async function download(id: string): Promise<boolean> {
  const response = await fetch(`/app/privacy/${encodeURIComponent(id)}`).catch(() => null);
  if (!response?.ok) return false;
  const url = URL.createObjectURL(await response.blob());
  const link = Object.assign(document.createElement("a"), { href: url, download: "buyer-data.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return true;
}
