import { useBlocker } from "@remix-run/react";
import { SaveBar } from "@shopify/app-bridge-react";
import { Page, type PageProps } from "@shopify/polaris";
import { type ReactNode, useEffect, useState } from "react";
import { appBridge } from "./app-bridge.ts";
import { ReturnLink } from "./return-link.tsx";
import { useTexts } from "./texts.tsx";
import type { FormValues, SettingsFormState } from "./use-settings-form.ts";

interface SettingsPageProps extends Pick<PageProps, "secondaryActions" | "titleMetadata"> {
  title: string;
  subtitle?: string;
  back?: string;
  form?: SettingsFormState<FormValues>;
  children: ReactNode;
}

/** A page of the settings: the way back, and the save bar of the admin while something has been changed. */
export function SettingsPage({ title, subtitle, back = "/app/settings", form, children, ...rest }: SettingsPageProps) {
  const texts = useTexts();
  return (
    <Page
      backAction={{ content: texts("settings.title"), url: back }}
      title={title}
      {...(subtitle ? { subtitle } : {})}
      {...rest}
    >
      <ReturnLink />
      {form && <FormBar form={form} />}
      {children}
    </Page>
  );
}

/** Nobody leaves with changes neither saved nor discarded: the admin asks first. */
export function FormBar({
  form,
}: {
  form: Pick<SettingsFormState<FormValues>, "dirty" | "busy" | "save" | "discard">;
}) {
  const texts = useTexts();
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(appBridge() !== null), []);
  const blocker = useBlocker(form.dirty && ready && !form.busy);
  useEffect(() => {
    if (blocker.state !== "blocked") return;
    void appBridge()
      ?.saveBar.leaveConfirmation()
      .then(() => blocker.proceed());
  }, [blocker]);
  if (!ready) return null;
  return (
    <SaveBar id="settings-save-bar" open={form.dirty}>
      <button disabled={form.busy} onClick={form.save} variant="primary">
        {texts("common.save")}
      </button>
      <button disabled={form.busy} onClick={form.discard}>
        {texts("common.discard")}
      </button>
    </SaveBar>
  );
}
