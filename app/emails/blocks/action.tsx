import { Column, Img, Link, Row, Text } from "@react-email/components";
import type { MailBlock, MailColours } from "../mail-model.ts";
import { label, strong } from "../mail-style.ts";
import { Paragraphs } from "./words.tsx";

/** A button that stays one where pictures and styles are dropped: a cell with a ground of its own, and a link in it. */
export function ActionButton({ label: text, url, colours }: { label: string; url: string; colours: MailColours }) {
  return (
    <Row style={{ borderCollapse: "separate" }}>
      <Column align="center" style={{ backgroundColor: colours.brand, borderRadius: 10 }}>
        <Link
          href={url}
          style={{
            border: `1px solid ${colours.brand === colours.accent ? colours.brand : colours.accent}`,
            borderRadius: 10,
            color: colours.onBrand,
            display: "block",
            fontSize: 16,
            fontWeight: 600,
            lineHeight: "22px",
            padding: "14px 20px",
            textAlign: "center",
            textDecoration: "none",
          }}
        >
          {text}
        </Link>
      </Column>
    </Row>
  );
}

/** An offer: only ever in mails to people who have asked for advertising. */
export function Promo({
  heading,
  text,
  code,
  codeLabel,
  url,
  imageUrl,
  action,
  colours,
}: Extract<MailBlock, { type: "promo" }> & { colours: MailColours }) {
  return (
    <Row className="d-line" style={{ border: "1px solid #e4e4df", borderCollapse: "separate", borderRadius: 12 }}>
      <Column style={{ padding: 20 }}>
        {imageUrl && (
          <Img
            alt={heading}
            src={imageUrl}
            style={{ borderRadius: 8, height: "auto", marginBottom: 16, width: "100%" }}
            width={486}
          />
        )}
        {heading && (
          <Text className="d-ink" style={{ ...strong, fontSize: 20, lineHeight: "27px", marginBottom: 6 }}>
            {heading}
          </Text>
        )}
        {text && <Paragraphs text={text} />}
        {code && <Code code={code} name={codeLabel} colours={colours} />}
        {url && (
          <div style={{ paddingTop: 16 }}>
            <ActionButton colours={colours} label={action} url={url} />
          </div>
        )}
      </Column>
    </Row>
  );
}

function Code({ code, name, colours }: { code: string; name: string; colours: MailColours }) {
  return (
    <div style={{ paddingTop: 12 }}>
      <Text className="d-soft" style={label}>
        {name}
      </Text>
      <span
        className="d-ink d-mark"
        style={{
          ...strong,
          border: `2px dashed ${colours.accent}`,
          borderRadius: 8,
          display: "inline-block",
          letterSpacing: "1px",
          marginTop: 4,
          padding: "8px 14px",
        }}
      >
        {code}
      </span>
    </div>
  );
}
