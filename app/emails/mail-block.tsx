import { Hr, Img, Text } from "@react-email/components";
import { Apology, Paragraphs, SupportNote } from "./blocks/words.tsx";
import { DeliveryWindow, FactRows, ProgressBar, RouteLine } from "./blocks/journey.tsx";
import { ActionButton, Promo } from "./blocks/action.tsx";
import { ItemRows, ParcelRows, Products } from "./blocks/lists.tsx";
import { Footer } from "./blocks/footer.tsx";
import type { MailBlock, MailColours } from "./mail-model.ts";
import { title } from "./mail-style.ts";

/** One block, printed. */
export function MailBlockView({ block, colours }: { block: MailBlock; colours: MailColours }) {
  switch (block.type) {
    case "logo":
      return <Logo {...block} />;
    case "hero":
      return <Hero {...block} />;
    case "heading":
      return <Title text={block.text} />;
    case "text":
      return <Paragraphs text={block.text} />;
    case "progress":
      return <ProgressBar {...block} colours={colours} />;
    case "window":
      return <DeliveryWindow {...block} colours={colours} />;
    case "facts":
      return <FactRows rows={block.rows} />;
    case "items":
      return <ItemRows {...block} />;
    case "route":
      return <RouteLine {...block} colours={colours} />;
    case "button":
      return <ActionButton {...block} colours={colours} />;
    case "apology":
      return <Apology {...block} colours={colours} />;
    case "promo":
      return <Promo {...block} colours={colours} />;
    case "recommendations":
      return <Products {...block} />;
    case "parcels":
      return <ParcelRows {...block} colours={colours} />;
    case "divider":
      return <Hr className="d-line" style={{ borderColor: "#e4e4df", margin: "4px 0" }} />;
    case "support":
      return <SupportNote {...block} colours={colours} />;
    case "footer":
      return <Footer {...block} />;
  }
}

function Logo({ image, name, align, width }: Extract<MailBlock, { type: "logo" }>) {
  const margin = align === "center" ? "0 auto" : 0;
  if (!image) {
    return (
      <Text className="d-ink" style={{ ...title, fontSize: 19, lineHeight: "26px", textAlign: align }}>
        {name}
      </Text>
    );
  }
  return (
    <Img
      alt={image.alt}
      className="d-plate"
      src={image.url}
      style={{ height: "auto", margin, maxHeight: 120, maxWidth: "100%", objectFit: "contain" }}
      width={width}
    />
  );
}

function Hero({ image, heading }: Extract<MailBlock, { type: "hero" }>) {
  return (
    <>
      {image && (
        <Img
          alt={image.alt}
          src={image.url}
          style={{ borderRadius: 12, height: "auto", marginBottom: heading ? 20 : 0, width: "100%" }}
          width={528}
        />
      )}
      {heading && <Title text={heading} />}
    </>
  );
}

function Title({ text }: { text: string }) {
  return (
    <h1 className="d-ink m-title" style={title}>
      {text}
    </h1>
  );
}
