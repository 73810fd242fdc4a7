import { Modal, Text } from "@shopify/polaris";
import { useTexts } from "./texts.tsx";

interface ConfirmDialogProps {
  open: boolean;
  close(): void;
  title: string;
  /** What is lost. */
  text: string;
  /** What the button that does it says. */
  label: string;
  onConfirm(): void;
  busy?: boolean;
}

/** Asks once more before something that cannot be taken back. */
export function ConfirmDialog({ open, close, title, text, label, onConfirm, busy = false }: ConfirmDialogProps) {
  const texts = useTexts();
  return (
    <Modal
      onClose={close}
      open={open}
      primaryAction={{ content: label, destructive: true, loading: busy, onAction: onConfirm }}
      secondaryActions={[{ content: texts("common.cancel"), onAction: close }]}
      title={title}
    >
      <Modal.Section>
        <Text as="p">{text}</Text>
      </Modal.Section>
    </Modal>
  );
}
