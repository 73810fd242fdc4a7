import { BlockStack, Button, InlineStack, Modal, Text } from "@shopify/polaris";
import type { TemplateVersion } from "#app/modules/notifications/template-editor.ts";
import { useFormats } from "../formats.ts";
import { useTexts } from "../texts.tsx";

interface VersionDialogProps {
  open: boolean;
  versions: readonly TemplateVersion[];
  current: number;
  busy: boolean;
  onClose(): void;
  onRestore(number: number): void;
}

/** What was saved before; going back makes a new version, so nothing is lost by it. */
export function VersionDialog({ open, versions, current, busy, onClose, onRestore }: VersionDialogProps) {
  const texts = useTexts();
  const formats = useFormats();
  return (
    <Modal onClose={onClose} open={open} title={texts("editor.history")}>
      <Modal.Section>
        <BlockStack gap="300">
          <Text as="p" tone="subdued">
            {texts("editor.history_help")}
          </Text>
          {versions.map(({ number, note, createdAt }) => {
            const restored = note?.startsWith("restored:") ? Number(note.slice("restored:".length)) : null;
            return (
              <InlineStack align="space-between" blockAlign="center" key={number}>
                <BlockStack>
                  <Text as="p" fontWeight={number === current ? "semibold" : "regular"}>
                    {texts("editor.version", { number })}
                  </Text>
                  <Text as="p" tone="subdued" variant="bodySm">
                    {formats.moment(createdAt)}
                    {restored !== null &&
                      ` · ${restored === 0 ? texts("editor.restored_default") : texts("editor.restored_from", { number: restored })}`}
                  </Text>
                </BlockStack>
                {number === current ? (
                  <Text as="span" tone="subdued">
                    {texts("editor.current")}
                  </Text>
                ) : (
                  <Button disabled={busy} onClick={() => onRestore(number)}>
                    {texts("editor.restore")}
                  </Button>
                )}
              </InlineStack>
            );
          })}
          <InlineStack align="space-between" blockAlign="center">
            <Text as="p">{texts("editor.default_version")}</Text>
            <Button disabled={busy || current === 0} onClick={() => onRestore(0)}>
              {texts("editor.restore")}
            </Button>
          </InlineStack>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
