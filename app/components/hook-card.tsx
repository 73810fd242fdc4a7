import { Button, TextField } from "@shopify/polaris";
import { useState } from "react";
import { showToast } from "./app-bridge.ts";
import { useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

/** Where the carrier can send its news by itself, to be entered at the carrier. */
export function HookCard({ hook }: { hook: { url: string; secret: string } }) {
  const texts = useTexts();
  const [shown, setShown] = useState(false);
  const copy = (value: string) =>
    void navigator.clipboard.writeText(value).then(() => showToast(texts("common.copied")));
  return (
    <TitledCard gap="300" text={texts("hook.text")} title={texts("hook.title")}>
      <TextField
        autoComplete="off"
        connectedRight={<Button onClick={() => copy(hook.url)}>{texts("common.copy")}</Button>}
        label={texts("hook.url")}
        readOnly
        value={hook.url}
      />
      {shown ? (
        <TextField
          autoComplete="off"
          connectedRight={<Button onClick={() => copy(hook.secret)}>{texts("common.copy")}</Button>}
          label={texts("hook.secret")}
          readOnly
          value={hook.secret}
        />
      ) : (
        <Button onClick={() => setShown(true)} textAlign="start" variant="plain">
          {texts("hook.show_secret")}
        </Button>
      )}
    </TitledCard>
  );
}
