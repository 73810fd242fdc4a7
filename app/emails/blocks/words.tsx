import { Column, Link, Row, Text } from "@react-email/components";
import { Fragment } from "react";
import type { MailBlock, MailColours } from "../mail-model.ts";
import { body, box, soft } from "../mail-style.ts";

/** Paragraphs are separated by an empty line; a single line break stays one. */
export function Paragraphs({ text }: { text: string }) {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
  return (
    <>
      {paragraphs.map((paragraph, index) => (
        <Text className="d-text" key={index} style={index === paragraphs.length - 1 ? { ...body, margin: 0 } : body}>
          {paragraph
            .trim()
            .split("\n")
            .map((line, at) => (
              <Fragment key={at}>
                {at > 0 && <br />}
                {line.trim()}
              </Fragment>
            ))}
        </Text>
      ))}
    </>
  );
}

/** Regret, and what comes next, set apart from the rest. */
export function Apology({ text, next, colours }: Extract<MailBlock, { type: "apology" }> & { colours: MailColours }) {
  return (
    <Row className="d-box" style={box}>
      <Column
        className="d-mark"
        style={{ borderLeft: `4px solid ${colours.accent}`, borderRadius: 12, padding: "16px 20px" }}
      >
        <Paragraphs text={text} />
        {next && (
          <Text className="d-soft" style={{ ...soft, marginTop: text ? 8 : 0 }}>
            {next}
          </Text>
        )}
      </Column>
    </Row>
  );
}

export function SupportNote({
  text,
  url,
  action,
  colours,
}: Extract<MailBlock, { type: "support" }> & { colours: MailColours }) {
  return (
    <Text className="d-soft" style={soft}>
      {text}
      {url && (
        <>
          {" "}
          <Link
            className="d-accent"
            href={url}
            style={{ color: colours.accent, fontWeight: 600, textDecoration: "underline" }}
          >
            {action}
          </Link>
        </>
      )}
    </Text>
  );
}
