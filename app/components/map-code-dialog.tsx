import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, FormLayout, Modal, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { showToast } from "./app-bridge.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";

/** Every status that a scan can have, with the details that fit it. */
export type Meanings = Readonly<Record<string, readonly string[]>>;

interface MapCodeDialogProps {
  /** With what was said before, where something was. */
  code: {
    carrier: string;
    carrierName: string;
    code: string;
    words: string | null;
    status?: string;
    subStatus?: string | null;
  };
  meanings: Meanings;
  close(): void;
}

/** Asks what a code means; nothing is chosen beforehand, because a guess is what we avoid. */
export function MapCodeDialog({ code, meanings, close }: MapCodeDialogProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<{ kind: string }>();
  const [status, setStatus] = useState(code.status ?? "");
  const [subStatus, setSubStatus] = useState(code.subStatus ?? "");
  const details = meanings[status] ?? [];
  useAnswer(fetcher, ({ kind }) => {
    if (kind !== "mapped") return;
    showToast(texts("codes.mapped"));
    close();
  });
  const save = () => {
    const said = { intent: "map", carrier: code.carrier, code: code.code, status, subStatus };
    fetcher.submit(said, { method: "post" });
  };
  const problem = fetcher.state === "idle" && fetcher.data && fetcher.data.kind !== "mapped" ? fetcher.data.kind : null;
  return (
    <Modal
      onClose={close}
      open
      primaryAction={{
        content: texts("common.save"),
        disabled: status === "",
        loading: fetcher.state !== "idle",
        onAction: save,
      }}
      secondaryActions={[{ content: texts("common.cancel"), onAction: close }]}
      title={texts("codes.dialog_title", { code: code.code, carrier: code.carrierName })}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {problem && (
            <Banner tone="critical">
              <p>{textOf("codes.problem", problem, "problem.title")}</p>
            </Banner>
          )}
          {code.words && <Text as="p">“{code.words}”</Text>}
          <FormLayout>
            <Select
              label={texts("codes.status")}
              onChange={(value) => {
                setStatus(value);
                setSubStatus("");
              }}
              options={Object.keys(meanings).map((name) => ({ value: name, label: textOf("status", name) }))}
              placeholder={texts("codes.choose")}
              value={status}
            />
            {details.length > 0 && (
              <Select
                label={texts("codes.detail")}
                onChange={setSubStatus}
                options={[
                  { value: "", label: texts("codes.no_detail") },
                  ...details.map((name) => ({ value: name, label: textOf("sub", name) })),
                ]}
                value={subStatus}
              />
            )}
          </FormLayout>
          <Text as="p" tone="subdued">
            {texts("codes.dialog_text")}
          </Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
