import { Column, Row, Section, Text } from "@react-email/components";
import type { CSSProperties } from "react";
import type { Translator } from "#app/lib/i18n.ts";
import type { MailKey } from "./mail-texts.ts";

interface ParcelFactsProps {
  texts: Translator<MailKey>;
  carrier: string;
  trackingNumber: string;
  expected: string | null;
}

const label: CSSProperties = { color: "#5c5f62", fontSize: 13, lineHeight: "20px", margin: 0 };
const value: CSSProperties = {
  color: "#1a1a1a",
  fontSize: 15,
  lineHeight: "22px",
  margin: "0 0 8px",
  wordBreak: "break-word",
};

/** The three facts a shopper looks for: when, with whom, under which number. */
export function ParcelFacts({ texts, carrier, trackingNumber, expected }: ParcelFactsProps) {
  return (
    <Section style={{ backgroundColor: "#f7f7f5", borderRadius: 10, padding: "14px 16px 6px" }}>
      {expected && <Fact name={texts("label.expected")} text={expected} />}
      <Fact name={texts("label.carrier")} text={carrier} />
      <Fact name={texts("label.number")} text={trackingNumber} />
    </Section>
  );
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <Row>
      <Column>
        <Text style={label}>{name}</Text>
        <Text style={value}>{text}</Text>
      </Column>
    </Row>
  );
}
