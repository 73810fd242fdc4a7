import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, ButtonGroup, Text } from "@shopify/polaris";
import type { DigestPreview } from "#app/modules/notifications/preview-digest.server.ts";
import { useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

interface DigestCardProps {
  /** Who gets it, and when; null where nobody does. */
  wish: { hour: number; addresses: readonly string[] } | null;
  /** IANA zone of the shop. */
  zone: string;
}

const ADDRESS = "/app/settings/messages/digest";

/** The daily digest for staff: who gets it, where that is changed, and what it would say now. */
export function DigestCard({ wish, zone }: DigestCardProps) {
  const texts = useTexts();
  const { load, data, state } = useFetcher<{ digest: DigestPreview }>();
  return (
    <TitledCard gap="300" title={texts("digest.title")}>
      <Text as="p" breakWord>
        {wish
          ? texts("digest.on", {
              ...{ hour: `${wish.hour}:00`, zone: zone.replaceAll("_", " ") },
              addresses: wish.addresses.join(", "),
            })
          : texts("digest.off")}
      </Text>
      <ButtonGroup>
        <Button loading={state === "loading"} onClick={() => load(ADDRESS)}>
          {texts("digest.show")}
        </Button>
        <Button url="/app/messages/events#general" variant="plain">
          {texts("digest.change")}
        </Button>
      </ButtonGroup>
      <div aria-live="polite">{data && <Preview digest={data.digest} />}</div>
    </TitledCard>
  );
}

/** As it would stand in the inbox, in a frame that can run nothing and reach nothing. */
function Preview({ digest }: { digest: SerializeFrom<DigestPreview> }) {
  const texts = useTexts();
  if (!digest) return <Text as="p">{texts("digest.nothing")}</Text>;
  return (
    <BlockStack gap="200">
      <Text as="p" breakWord fontWeight="medium">
        {digest.subject}
      </Text>
      <iframe
        sandbox=""
        srcDoc={digest.html}
        style={{ border: "0.0625rem solid var(--p-color-border)", borderRadius: 8, height: "70vh", width: "100%" }}
        title={digest.subject}
      />
    </BlockStack>
  );
}
