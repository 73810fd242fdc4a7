import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import type { TemplatePreview } from "#app/modules/notifications/template-editor.ts";

const WAIT_MS = 350;

interface Asked {
  kind: string;
  channel: string;
  locale: string;
  sample: string;
  document: unknown;
}

/** What stands in the editor as its reader would see it, a moment after the last key; the one before stays until then. */
export function usePreview({ kind, channel, locale, sample, document }: Asked) {
  const fetcher = useFetcher<{ kind: string; preview?: TemplatePreview }>();
  const [shown, setShown] = useState<TemplatePreview | null>(null);
  const submit = useRef(fetcher.submit);
  submit.current = fetcher.submit;
  const text = JSON.stringify(document);
  useEffect(() => {
    const timer = setTimeout(() => {
      const action = `/app/messages/events/${kind}/preview`;
      submit.current({ channel, locale, sample, document: text }, { method: "post", action });
    }, WAIT_MS);
    return () => clearTimeout(timer);
  }, [kind, channel, locale, sample, text]);
  const { data } = fetcher;
  useEffect(() => {
    if (data?.preview) setShown(data.preview);
  }, [data]);
  const preview = shown?.channel === channel ? shown : null;
  return { preview, busy: fetcher.state !== "idle", problems: preview?.problems ?? [] };
}
