import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, Card, Tabs, Text } from "@shopify/polaris";
import { useState } from "react";
import type { MessageBody } from "#app/modules/notifications/read-message.server.ts";
import { useTexts } from "./texts.tsx";

interface MessageBodyCardProps {
  body: SerializeFrom<MessageBody> | null;
  subject: string | null;
}

/** What was sent, as it was sent. The mail stands in a frame of its own that can run nothing and reach nothing. */
export function MessageBodyCard({ body, subject }: MessageBodyCardProps) {
  const preview = body?.preview ?? null;
  const texts = useTexts();
  const [tab, setTab] = useState(0);
  const tabs = preview ? (["message.as_mail", "message.as_text"] as const) : (["message.as_text"] as const);
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {texts("message.body")}
          </Text>
          {body ? (
            <>
              {body.subject && (
                <Text as="p" breakWord fontWeight="medium">
                  {body.subject}
                </Text>
              )}
              <Text as="p" breakWord tone="subdued">
                {[body.from, body.to].filter(Boolean).join(" → ")}
              </Text>
            </>
          ) : (
            <Text as="p" tone="subdued">
              {subject ? texts("message.body_gone") : texts("message.no_body")}
            </Text>
          )}
        </BlockStack>
      </Box>
      {body && preview && (
        <Tabs onSelect={setTab} selected={tab} tabs={tabs.map((key) => ({ id: key, content: texts(key) }))} />
      )}
      {body && (
        <Box padding="400">
          {preview && tab === 0 ? (
            <iframe
              sandbox=""
              srcDoc={preview}
              style={{
                border: "0.0625rem solid var(--p-color-border)",
                borderRadius: 8,
                height: "70vh",
                width: "100%",
              }}
              title={texts("message.as_mail")}
            />
          ) : (
            <pre style={{ font: "inherit", margin: 0, overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
              {body.text}
            </pre>
          )}
        </Box>
      )}
    </Card>
  );
}
