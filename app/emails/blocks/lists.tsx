import { Column, Img, Link, Row, Text } from "@react-email/components";
import type { MailBlock, MailColours } from "../mail-model.ts";
import { label, soft, strong } from "../mail-style.ts";

const LINE = "1px solid #e4e4df";
const name = { ...strong, fontSize: 15, lineHeight: "21px" };

/** What is inside, with pictures. */
export function ItemRows({ heading, items, pictures, more }: Extract<MailBlock, { type: "items" }>) {
  return (
    <>
      <ListHeading text={heading} />
      {items.map((item, index) => (
        <Row key={index}>
          {pictures && (
            <Column style={{ padding: "8px 14px 8px 0", verticalAlign: "top", width: 64 }}>
              <Picture title={item.title} url={item.imageUrl} />
            </Column>
          )}
          <Column style={{ padding: "8px 0", verticalAlign: pictures ? "middle" : "top" }}>
            <Text className="d-ink" style={name}>
              {item.title}
            </Text>
            {item.detail && (
              <Text className="d-soft" style={soft}>
                {item.detail}
              </Text>
            )}
          </Column>
          {item.price && (
            <Column
              align="right"
              style={{ padding: "8px 0 8px 12px", verticalAlign: pictures ? "middle" : "top", width: 84 }}
            >
              <Text className="d-ink" style={{ ...name, fontWeight: 400, textAlign: "right" }}>
                {item.price}
              </Text>
            </Column>
          )}
        </Row>
      ))}
      {more && (
        <Text className="d-soft" style={{ ...soft, marginTop: 6 }}>
          {more}
        </Text>
      )}
    </>
  );
}

/** A thing without a picture has its first letter instead: no hole, and nothing to be blocked. */
function Picture({ title, url }: { title: string; url: string }) {
  if (url) {
    return (
      <Img
        alt={title}
        height={64}
        src={url}
        style={{ backgroundColor: "#f0f0ec", borderRadius: 10, fontSize: 10, objectFit: "cover", overflow: "hidden" }}
        width={64}
      />
    );
  }
  return (
    <div
      aria-hidden="true"
      className="d-box d-soft"
      style={{
        backgroundColor: "#f0f0ec",
        borderRadius: 10,
        color: "#5d6166",
        fontSize: 22,
        fontWeight: 600,
        height: 64,
        lineHeight: "64px",
        textAlign: "center",
        width: 64,
      }}
    >
      {[...title.trim()][0] ?? ""}
    </div>
  );
}

/** The parcels of an order that comes in several. */
export function ParcelRows({
  heading,
  parcels,
  action,
  colours,
}: Extract<MailBlock, { type: "parcels" }> & { colours: MailColours }) {
  return (
    <>
      <ListHeading text={heading} />
      {parcels.map((parcel, index) => (
        <Row key={index}>
          <Column
            className="d-line"
            style={{ borderTop: index > 0 ? LINE : "none", padding: "10px 0", verticalAlign: "top" }}
          >
            <Text className="d-ink" style={{ ...name, fontWeight: parcel.here ? 700 : 400 }}>
              {parcel.title}
            </Text>
            <Text className="d-soft" style={soft}>
              {[parcel.status, parcel.when].filter(Boolean).join(" · ")}
            </Text>
          </Column>
          <Column
            align="right"
            className="d-line"
            style={{ borderTop: index > 0 ? LINE : "none", padding: "10px 0 10px 12px", textAlign: "right", width: 90 }}
          >
            <Link
              className="d-accent"
              href={parcel.url}
              style={{ color: colours.accent, fontSize: 14, fontWeight: 600, textDecoration: "underline" }}
            >
              {action}
            </Link>
          </Column>
        </Row>
      ))}
    </>
  );
}

/** Things that the same people liked: advertising, and treated as such. */
export function Products({ heading, products }: Extract<MailBlock, { type: "recommendations" }>) {
  const rows = products.reduce<(typeof products)[number][][]>((all, product, index) => {
    if (index % 3 === 0) all.push([]);
    all.at(-1)?.push(product);
    return all;
  }, []);
  return (
    <>
      <ListHeading text={heading} />
      {rows.map((row, index) => (
        <Row key={index} style={{ tableLayout: "fixed" }}>
          {[0, 1, 2].map((at) => (
            <Column
              key={at}
              style={{ padding: `8px ${at === 2 ? 0 : 6}px 8px ${at === 0 ? 0 : 6}px`, verticalAlign: "top" }}
            >
              {row[at] && <Product {...row[at]} />}
            </Column>
          ))}
        </Row>
      ))}
    </>
  );
}

function Product({ title, price, url, imageUrl }: Extract<MailBlock, { type: "recommendations" }>["products"][number]) {
  return (
    <Link className="d-ink" href={url} style={{ color: "#17181a", display: "block", textDecoration: "none" }}>
      {imageUrl && (
        <Img alt="" src={imageUrl} style={{ borderRadius: 10, height: "auto", width: "100%" }} width={168} />
      )}
      <span className="d-ink" style={{ ...name, display: "block", fontSize: 14, lineHeight: "19px", marginTop: 8 }}>
        {title}
      </span>
      <span className="d-soft" style={{ ...soft, display: "block" }}>
        {price}
      </span>
    </Link>
  );
}

function ListHeading({ text }: { text: string }) {
  return (
    <h2 className="d-soft" style={{ ...label, marginBottom: 4 }}>
      {text}
    </h2>
  );
}
