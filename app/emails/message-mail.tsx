import { Body, Column, Container, Head, Html, Preview, Row } from "@react-email/components";
import { MailBlockView } from "./mail-block.tsx";
import type { MailModel } from "./mail-model.ts";
import { card, mailCss, page } from "./mail-style.ts";

/** Every mail of a shop: one card with the blocks that the merchant has arranged, from top to bottom. */
export function MessageMail({ locale, subject, preheader, colours, blocks }: MailModel) {
  const language = { lang: locale, dir: "ltr" } as const;
  const last = blocks.length - 1;
  return (
    <Html {...language}>
      <Head>
        <title>{subject}</title>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <style>{mailCss(colours)}</style>
      </Head>
      <Body className="d-page" style={{ backgroundColor: "#f3f3f0", margin: 0, padding: 0 }}>
        {preheader && (
          <div {...language}>
            <Preview>{preheader}</Preview>
          </div>
        )}
        <Row {...language} className="d-page" style={page}>
          <Column className="m-page" style={{ padding: "28px 12px" }}>
            <Container {...language} className="d-card" role="article" aria-label={subject} style={card}>
              {blocks.map((block, index) => (
                <Row key={index}>
                  <Column className="m-pad" style={{ padding: padding(index === 0, index === last) }}>
                    <MailBlockView block={block} colours={colours} />
                  </Column>
                </Row>
              ))}
            </Container>
          </Column>
        </Row>
      </Body>
    </Html>
  );
}

const padding = (first: boolean, last: boolean): string => `${first ? 32 : 0}px 36px ${last ? 36 : 20}px`;
