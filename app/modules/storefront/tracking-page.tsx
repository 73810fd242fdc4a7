import { ItemList } from "./item-list.tsx";
import { ParcelCard } from "./parcel-card.tsx";
import type { Brand } from "./storefront-page.tsx";
import type { StorefrontTexts } from "./storefront-texts.ts";
import type { TrackingView } from "./tracking-view.ts";

export interface TrackingPageProps {
  view: TrackingView;
  texts: StorefrontTexts;
  brand: Brand;
  lookUpPath: string;
  now: Date;
}

const MAX_PARCELS = 50;

/** One order with all its parcels, or one parcel when only its number is known. */
export function TrackingPage({ view, texts, brand, lookUpPath, now }: TrackingPageProps) {
  const only = view.parcels[0];
  const title = view.orderName
    ? texts("page.title", { order: view.orderName })
    : texts("page.title_parcel", { number: only?.trackingNumber ?? "" });
  return (
    <>
      <h1>{title}</h1>
      {view.destination && <p className="doorstep-muted">{texts("page.destination", { place: view.destination })}</p>}
      {view.cancelled && <p className="doorstep-alert">{texts("page.cancelled")}</p>}
      {view.parcels.length === 0 && !view.cancelled && <p>{texts("page.no_parcels")}</p>}
      {view.parcels.slice(0, MAX_PARCELS).map((parcel) => (
        <ParcelCard key={parcel.index} now={now} parcel={parcel} texts={texts} />
      ))}
      {view.unshipped.length > 0 && view.parcels.length > 0 && (
        <section className="doorstep-card">
          <h2>{texts("page.not_shipped")}</h2>
          <ItemList items={view.unshipped} texts={texts} />
        </section>
      )}
      {view.messages.length > 0 && <Messages messages={view.messages} texts={texts} />}
      <Footer brand={brand} lookUpPath={lookUpPath} texts={texts} />
    </>
  );
}

function Messages({ messages, texts }: { messages: TrackingView["messages"]; texts: StorefrontTexts }) {
  const format = new Intl.DateTimeFormat(texts.locale, { dateStyle: "medium" });
  return (
    <section className="doorstep-card">
      <h2>{texts("page.messages")}</h2>
      <ul className="doorstep-items">
        {messages.map(({ subject, sentAt }) => (
          <li key={`${subject}${sentAt.getTime()}`}>
            {subject} <span className="doorstep-muted">{format.format(sentAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Footer({ brand, lookUpPath, texts }: { brand: Brand; lookUpPath: string; texts: StorefrontTexts }) {
  const contact = brand.supportUrl ?? (brand.supportEmail ? `mailto:${brand.supportEmail}` : null);
  return (
    <p className="doorstep-muted">
      {contact && (
        <>
          {texts("page.support")} <a href={contact}>{brand.supportEmail ?? brand.name}</a>
          {" · "}
        </>
      )}
      <a href={lookUpPath}>{texts("page.other")}</a>
    </p>
  );
}
