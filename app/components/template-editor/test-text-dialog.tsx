import { Modal, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTexts } from "../texts.tsx";

interface TestTextDialogProps {
  open: boolean;
  channel: "sms" | "whatsapp";
  onClose(): void;
  onSend(to: string): void;
}

/** Asks for the phone that a text is tried out on. */
export function TestTextDialog({ open, channel, onClose, onSend }: TestTextDialogProps) {
  const texts = useTexts();
  const [to, setTo] = useState("");
  return (
    <Modal
      onClose={onClose}
      open={open}
      primaryAction={{ content: texts("editor.send_test"), disabled: to.trim() === "", onAction: () => onSend(to) }}
      secondaryActions={[{ content: texts("common.cancel"), onAction: onClose }]}
      title={texts("editor.test_text_title")}
    >
      <Modal.Section>
        <TextField
          autoComplete="tel"
          helpText={texts(channel === "sms" ? "editor.test_text_help" : "editor.test_whatsapp_help")}
          label={texts("sms.test_to")}
          maxLength={40}
          name="testTo"
          onChange={setTo}
          type="tel"
          value={to}
        />
      </Modal.Section>
    </Modal>
  );
}
