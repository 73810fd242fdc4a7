import { BlockStack, Text } from "@shopify/polaris";
import { useId } from "react";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";

export interface ArrivalPlotProps {
  shares: readonly { from: string; to: string; share: number }[];
  later: number;
  promisedOn: string | null;
}

const WIDTH = 480;
const HEIGHT = 96;
const GAP = 2;
const SAID = {
  border: "0.0625rem solid var(--p-color-border)",
  padding: "0.25rem 0.5rem",
  textAlign: "start",
} as const;

/** The arrivals by day: a bar for each, the promise a line; the same numbers as a table for who does not see it. */
export function ArrivalPlot({ shares, later, promisedOn }: ArrivalPlotProps) {
  const texts = useTexts();
  const { percent, span, shortDay } = useFormats();
  const id = useId();
  const first = shares[0];
  const last = shares.at(-1);
  if (!first || !last) return null;
  const highest = Math.max(...shares.map(({ share }) => share), later);
  const step = WIDTH / (shares.length + 1);
  const isLate = (from: string) => promisedOn !== null && from > promisedOn;
  const bar = (position: number, share: number) => {
    const height = Math.max(share > 0 ? 1 : 0, (share / highest) * (HEIGHT - 4));
    return { x: position * step + GAP / 2, y: HEIGHT - height, width: Math.max(1, step - GAP), height };
  };
  const lateFrom = shares.findIndex(({ from }) => isLate(from));
  return (
    <BlockStack gap="100">
      <svg
        aria-labelledby={`${id}t ${id}d`}
        role="img"
        style={{ display: "block", width: "100%", height: "auto" }}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      >
        <title id={`${id}t`}>{texts("arrival.plot_title")}</title>
        <desc id={`${id}d`}>
          {texts("arrival.plot_text", { span: span(first.from, last.to), later: percent(later) })}
        </desc>
        {shares.map(({ from, share }, position) => (
          <rect
            fill={isLate(from) ? "var(--p-color-bg-fill-warning)" : "var(--p-color-bg-fill-info)"}
            key={from}
            stroke="var(--p-color-border-emphasis)"
            strokeWidth="0.5"
            {...bar(position, share)}
          />
        ))}
        <rect fill="none" stroke="var(--p-color-icon)" strokeDasharray="3 2" {...bar(shares.length, later)} />
        {lateFrom > 0 && (
          <line
            stroke="var(--p-color-text)"
            strokeWidth="2"
            x1={lateFrom * step}
            x2={lateFrom * step}
            y1="0"
            y2={HEIGHT}
          />
        )}
        <line stroke="var(--p-color-border)" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      </svg>
      <div aria-hidden="true" style={{ display: "flex", justifyContent: "space-between" }}>
        <Text as="span" tone="subdued" variant="bodySm">
          {shortDay(first.from)}
        </Text>
        <Text as="span" tone="subdued" variant="bodySm">
          {shortDay(last.to)} · {texts("arrival.later")}
        </Text>
      </div>
      <Text as="p" tone="subdued" variant="bodySm">
        {texts("arrival.plot_note")}
      </Text>
      <details>
        <summary>
          <Text as="span" tone="subdued" variant="bodySm">
            {texts("arrival.as_table")}
          </Text>
        </summary>
        <ShareTable later={later} shares={shares} />
      </details>
    </BlockStack>
  );
}

function ShareTable({ shares, later }: Pick<ArrivalPlotProps, "shares" | "later">) {
  const texts = useTexts();
  const { percent, span } = useFormats();
  return (
    <table style={{ borderCollapse: "collapse" }}>
      <thead>
        <tr>
          <th scope="col" style={SAID}>
            {texts("arrival.day")}
          </th>
          <th scope="col" style={SAID}>
            {texts("arrival.share")}
          </th>
        </tr>
      </thead>
      <tbody>
        {shares.map(({ from, to, share }) => (
          <tr key={from}>
            <td style={SAID}>{span(from, to)}</td>
            <td style={SAID}>{percent(share)}</td>
          </tr>
        ))}
        <tr>
          <td style={SAID}>{texts("arrival.later")}</td>
          <td style={SAID}>{percent(later)}</td>
        </tr>
      </tbody>
    </table>
  );
}
