import { Column, Row, Section, Text } from "@react-email/components";
import type { Translator } from "#app/lib/i18n.ts";
import type { MailKey } from "./mail-texts.ts";

const STEPS = ["progress.shipped", "progress.moving", "progress.out", "progress.delivered"] as const;
const STEP_OF = { shipped: 2, out_for_delivery: 3, delivered: 4 } as const;

interface ProgressProps {
  kind: keyof typeof STEP_OF;
  texts: Translator<MailKey>;
  colour: string;
}

/** Four bars filled up to where the parcel is; said in words for those who cannot see them. */
export function Progress({ kind, texts, colour }: ProgressProps) {
  const step = STEP_OF[kind];
  const name = texts(STEPS[step - 1] ?? STEPS[0]);
  return (
    <Section aria-label={texts("progress.alt", { step, count: STEPS.length, name })}>
      <Row>
        {STEPS.map((key, index) => (
          <Column key={key} style={{ padding: "0 3px", verticalAlign: "top", width: "25%" }}>
            <div style={{ backgroundColor: index < step ? colour : "#e3e3e3", borderRadius: 4, height: 6 }} />
            <Text
              style={{
                color: index + 1 === step ? "#1a1a1a" : "#616161",
                fontSize: 12,
                fontWeight: index + 1 === step ? 700 : 400,
                lineHeight: "16px",
                margin: "6px 0 0",
              }}
            >
              {texts(key)}
            </Text>
          </Column>
        ))}
      </Row>
    </Section>
  );
}
