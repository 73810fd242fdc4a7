import {
  BlockStack,
  Box,
  Button,
  ButtonGroup,
  Card,
  InlineStack,
  Select,
  SkeletonBodyText,
  Spinner,
  Text,
} from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { PreviewSample, TemplatePreview } from "#app/modules/notifications/template-editor.ts";
import { useFormats } from "../formats.ts";
import { useTextOf, useTexts } from "../texts.tsx";
import { TextPreview } from "./text-preview.tsx";

const VIEWS = ["desktop", "phone", "dark", "text"] as const;
type View = (typeof VIEWS)[number];

interface PreviewPaneProps {
  preview: TemplatePreview | null;
  busy: boolean;
  samples: readonly PreviewSample[];
  sample: string;
  onSample(id: string): void;
}

/** The message as its reader would see it, with a real order or a made-up parcel. */
export function PreviewPane({ preview, busy, samples, sample, onSample }: PreviewPaneProps) {
  const texts = useTexts();
  const [view, setView] = useState<View>("desktop");
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {texts("editor.preview")}
          </Text>
          {busy && <Spinner accessibilityLabel={texts("editor.preview_busy")} size="small" />}
        </InlineStack>
        <SamplePicker onSample={onSample} sample={sample} samples={samples} />
        {(!preview || preview.channel === "email") && (
          <ButtonGroup variant="segmented">
            {VIEWS.map((name) => (
              <Button key={name} onClick={() => setView(name)} pressed={view === name} size="slim">
                {texts(`editor.view_${name}`)}
              </Button>
            ))}
          </ButtonGroup>
        )}
        {!preview && <SkeletonBodyText lines={8} />}
        {preview?.channel === "email" && <MailPreview preview={preview} view={view} />}
        {preview && preview.channel !== "email" && <TextPreview preview={preview} />}
      </BlockStack>
    </Card>
  );
}

function SamplePicker({ samples, sample, onSample }: Pick<PreviewPaneProps, "samples" | "sample" | "onSample">) {
  const texts = useTexts();
  const textOf = useTextOf();
  const formats = useFormats();
  const labelOf = (one: PreviewSample): string => {
    if (one.type === "order") return `${one.name} (${formats.date(one.placedAt)})`;
    if (one.variant !== "plain") return texts(`editor.sample_${one.variant}`);
    return texts("editor.sample_demo", { status: textOf("status", one.status) });
  };
  const options = (type: PreviewSample["type"]) =>
    samples.filter((one) => one.type === type).map((one) => ({ value: one.id, label: labelOf(one) }));
  const groups = [
    { title: texts("editor.samples_demo"), options: options("demo") },
    { title: texts("editor.samples_orders"), options: options("order") },
  ];
  return (
    <Select
      label={texts("editor.sample")}
      onChange={onSample}
      options={groups.filter((group) => group.options.length > 0)}
      value={sample}
    />
  );
}

function MailPreview({ preview, view }: { preview: Extract<TemplatePreview, { channel: "email" }>; view: View }) {
  const texts = useTexts();
  return (
    <BlockStack gap="300">
      <Box background="bg-surface-secondary" borderRadius="200" padding="300">
        <BlockStack gap="050">
          <Text as="p" breakWord tone="subdued" variant="bodySm">
            {preview.from}
          </Text>
          <Text as="p" breakWord fontWeight="semibold">
            {preview.subject || texts("editor.no_subject")}
          </Text>
          <Text as="p" breakWord tone="subdued" variant="bodySm">
            {preview.preheader}
          </Text>
        </BlockStack>
      </Box>
      {view === "text" ? (
        <Box background="bg-surface-secondary" borderRadius="200" maxWidth="100%" overflowX="scroll" padding="300">
          <pre style={{ fontSize: 12, margin: 0, whiteSpace: "pre-wrap", wordBreak: "break-word" }} tabIndex={0}>
            {preview.text}
          </pre>
        </Box>
      ) : (
        <MailFrame dark={view === "dark"} html={preview.html} width={view === "phone" ? PHONE_WIDTH : DESKTOP_WIDTH} />
      )}
    </BlockStack>
  );
}

const DESKTOP_WIDTH = 680;
const PHONE_WIDTH = 375;
const FRAME_HEIGHT = 760;

/** The mail at the width it is read at, made smaller where the page has less room. */
function MailFrame({ html, dark, width }: { html: string; dark: boolean; width: number }) {
  const texts = useTexts();
  const room = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  useEffect(() => {
    const { current } = room;
    if (!current) return;
    const fit = new ResizeObserver(() => setScale(Math.min(1, current.clientWidth / width)));
    fit.observe(current);
    return () => fit.disconnect();
  }, [width]);
  return (
    <div ref={room} style={{ height: FRAME_HEIGHT, overflow: "hidden" }}>
      <iframe
        sandbox=""
        srcDoc={asSeen(html, dark)}
        style={{
          border: "1px solid var(--p-color-border)",
          borderRadius: 12,
          boxSizing: "border-box",
          display: "block",
          height: FRAME_HEIGHT / scale,
          margin: scale === 1 ? "0 auto" : 0,
          transform: `scale(${scale})`,
          transformOrigin: "top left",
          width,
        }}
        title={texts("editor.preview")}
      />
    </div>
  );
}

/** By day or by night as chosen, whatever the merchant's own screen is set to; its links open nothing. */
function asSeen(html: string, dark: boolean): string {
  return html
    .replace("@media (prefers-color-scheme:dark){", dark ? "@media all{" : "@media not all{")
    .replace("<head>", '<head><base target="_blank">');
}
