import { Column, Row, Text } from "@react-email/components";
import type { MailBlock, MailColours } from "../mail-model.ts";
import { box, label, soft, strong, title } from "../mail-style.ts";

type WithColours<Type extends MailBlock["type"]> = Extract<MailBlock, { type: Type }> & { colours: MailColours };

/** Bars filled up to where the parcel is; said in words for those who cannot see them. */
export function ProgressBar({ step, names, label: said, colours }: WithColours<"progress">) {
  const width = `${Math.round(100 / names.length)}%`;
  return (
    <div aria-label={said} role="img">
      <Row style={{ tableLayout: "fixed" }}>
        {names.map((name, index) => (
          <Column key={name} style={{ padding: bar(index, names.length), verticalAlign: "top", width }}>
            <div
              className={index < step ? "d-fill" : "d-rail"}
              style={{
                backgroundColor: index < step ? colours.accent : "#dededa",
                borderRadius: 4,
                fontSize: 1,
                height: 8,
                lineHeight: "8px",
              }}
            />
            <Text
              className={index + 1 === step ? "d-ink" : "d-soft"}
              style={{ ...soft, ...(index + 1 === step ? NOW : {}), fontSize: 12, lineHeight: "16px", marginTop: 8 }}
            >
              {name}
            </Text>
          </Column>
        ))}
      </Row>
    </div>
  );
}

const NOW = { color: "#17181a", fontWeight: 700 } as const;
const bar = (index: number, count: number) => `0 ${index === count - 1 ? 0 : 3}px 0 ${index === 0 ? 0 : 3}px`;

/** The day it comes, large; the day that was said before stands beside it. */
export function DeliveryWindow({ label: name, value, before, colours }: WithColours<"window">) {
  return (
    <Row className="d-box" style={box}>
      <Column style={{ padding: "18px 20px" }}>
        <Text className="d-soft" style={label}>
          {name}
        </Text>
        <Text
          className="d-accent m-big"
          style={{ ...title, color: colours.accent, fontSize: 22, lineHeight: "30px", marginTop: 2 }}
        >
          {value}
        </Text>
        {before && (
          <Text className="d-soft" style={{ ...soft, marginTop: 4 }}>
            {before.label} <s>{before.value}</s>
          </Text>
        )}
      </Column>
    </Row>
  );
}

/** Names and values, one below the other: a number has room on a phone, and can be copied. */
export function FactRows({ rows }: { rows: Extract<MailBlock, { type: "facts" }>["rows"] }) {
  return (
    <>
      {rows.map(({ name, value }, index) => (
        <Row key={name}>
          <Column
            className="d-line"
            style={{ borderTop: index > 0 ? "1px solid #e4e4df" : "none", padding: "10px 0", verticalAlign: "top" }}
          >
            <Text className="d-soft" style={label}>
              {name}
            </Text>
            <Text className="d-ink" style={strong}>
              {value}
            </Text>
          </Column>
        </Row>
      ))}
    </>
  );
}

/** From where to where, and how far it has come: a line instead of a map. */
export function RouteLine({ from, to, seen, share, label: said, colours }: WithColours<"route">) {
  const done = Math.min(96, Math.max(4, Math.round(share * 100)));
  const rail = (className: string, colour: string, width: number) => (
    <Column key={className} style={{ verticalAlign: "middle", width: `${width}%` }}>
      <div
        className={className}
        style={{ backgroundColor: colour, borderRadius: 3, fontSize: 1, height: 4, lineHeight: "4px" }}
      />
    </Column>
  );
  return (
    <div aria-label={said} role="img">
      <Row style={{ tableLayout: "fixed" }}>
        <Column style={{ paddingBottom: 6, verticalAlign: "bottom" }}>
          <Text className="d-ink" style={{ ...strong, fontSize: 14, lineHeight: "20px" }}>
            {from}
          </Text>
        </Column>
        <Column align="right" style={{ paddingBottom: 6, textAlign: "right", verticalAlign: "bottom" }}>
          <Text className="d-ink" style={{ ...strong, fontSize: 14, lineHeight: "20px", textAlign: "right" }}>
            {to}
          </Text>
        </Column>
      </Row>
      <Row>
        {rail("d-fill", colours.accent, done)}
        <Column style={{ width: 14 }}>
          <div
            className="d-fill"
            style={{
              backgroundColor: colours.accent,
              borderRadius: 7,
              fontSize: 1,
              height: 14,
              lineHeight: "14px",
              width: 14,
            }}
          />
        </Column>
        {rail("d-rail", "#dededa", 100 - done)}
      </Row>
      {seen && (
        <Text className="d-soft" style={{ ...soft, marginTop: 6 }}>
          {seen}
        </Text>
      )}
    </div>
  );
}
