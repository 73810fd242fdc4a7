import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Img,
  Preview,
  Row,
  Section,
  Text,
} from "@react-email/components";
import type { CSSProperties } from "react";
import type { Translator } from "#app/lib/i18n.ts";
import type { MailKey } from "./mail-texts.ts";
import { ParcelFacts } from "./parcel-facts.tsx";
import { Progress } from "./progress.tsx";

export interface MailItem {
  title: string;
  variant: string | null;
  quantity: number;
  imageUrl: string | null;
}

export interface TrackingMailProps {
  kind: "shipped" | "out_for_delivery" | "delivered";
  texts: Translator<MailKey>;
  brand: { name: string; logoUrl: string; colour: string; onColour: string };
  orderName: string;
  carrierName: string | null;
  trackingNumber: string;
  /** In the reader's words, or null when nobody knows. */
  expected: string | null;
  parcel: { index: number; count: number };
  items: readonly MailItem[];
  trackingUrl: string;
  /** Shown as the address to write to; the mail can be answered in any case. */
  supportContact: string | null;
}

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const page: CSSProperties = { backgroundColor: "#f4f4f2", fontFamily: FONT, margin: 0, padding: "24px 0" };
const card: CSSProperties = {
  backgroundColor: "#ffffff",
  borderRadius: 12,
  margin: "0 auto",
  maxWidth: 560,
  padding: "32px 28px",
};
const small: CSSProperties = { color: "#5c5f62", fontSize: 13, lineHeight: "20px", margin: 0 };
const MAX_ITEMS = 12;

/** One parcel's news in the shop's brand: what happened, when it comes, what is inside, where to look. */
export function TrackingMail(props: TrackingMailProps) {
  const { texts, kind, brand } = props;
  const carrier = props.carrierName ?? texts("carrier.unknown");
  const intro = texts(`${kind}.intro`, { carrier });
  return (
    <Html lang={texts.locale} dir="ltr">
      <Head>
        <title>{texts(`${kind}.subject`, { order: props.orderName })}</title>
      </Head>
      <Preview>{intro}</Preview>
      <Body style={page}>
        <Container style={card} lang={texts.locale}>
          <Brand {...brand} />
          <Heading as="h1" style={{ color: "#1a1a1a", fontSize: 26, lineHeight: "32px", margin: "24px 0 8px" }}>
            {texts(`${kind}.heading`)}
          </Heading>
          {props.parcel.count > 1 && <Text style={small}>{texts("preview.split", props.parcel)}</Text>}
          <Text style={{ color: "#303030", fontSize: 16, lineHeight: "24px", margin: "0 0 20px" }}>{intro}</Text>
          <Progress kind={kind} texts={texts} colour={brand.colour} />
          <Section style={{ margin: "24px 0" }}>
            <Button
              href={props.trackingUrl}
              style={{
                backgroundColor: brand.colour,
                borderRadius: 8,
                color: brand.onColour,
                display: "block",
                fontSize: 16,
                fontWeight: 600,
                padding: "14px 20px",
                textAlign: "center",
              }}
            >
              {texts("button.track")}
            </Button>
          </Section>
          <ParcelFacts {...props} carrier={carrier} />
          <Items items={props.items} texts={texts} />
          <Hr style={{ borderColor: "#e3e3e3", margin: "24px 0 16px" }} />
          <Text style={small}>
            {props.supportContact ? texts("support", { contact: props.supportContact }) : texts("support.reply")}
          </Text>
          <Text style={{ ...small, marginTop: 8 }}>
            {texts("footer.why", { shop: brand.name, order: props.orderName })}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

function Brand({ name, logoUrl }: TrackingMailProps["brand"]) {
  if (logoUrl) return <Img src={logoUrl} alt={name} height={40} style={{ display: "block", maxWidth: 220 }} />;
  return <Text style={{ color: "#1a1a1a", fontSize: 18, fontWeight: 700, margin: 0 }}>{name}</Text>;
}

function Items({ items, texts }: { items: readonly MailItem[]; texts: Translator<MailKey> }) {
  if (items.length === 0) return null;
  return (
    <Section style={{ marginTop: 20 }}>
      <Text style={{ ...small, fontWeight: 600 }}>{texts("label.items")}</Text>
      {items.slice(0, MAX_ITEMS).map((item, index) => (
        <Row key={index} style={{ marginTop: 12 }}>
          {item.imageUrl && (
            <Column style={{ width: 64 }}>
              <Img src={item.imageUrl} alt="" width={52} height={52} style={{ borderRadius: 8 }} />
            </Column>
          )}
          <Column>
            <Text style={{ color: "#303030", fontSize: 15, lineHeight: "20px", margin: 0 }}>{item.title}</Text>
            {item.variant && <Text style={small}>{item.variant}</Text>}
            {item.quantity > 1 && <Text style={small}>{texts("label.quantity", { count: item.quantity })}</Text>}
          </Column>
        </Row>
      ))}
    </Section>
  );
}
