import { ItemList } from "./item-list.tsx";
import type { StorefrontTexts } from "./storefront-texts.ts";
import { STEPS, type ViewEvent, type ViewParcel } from "./tracking-view.ts";

interface ParcelProps {
  parcel: ViewParcel;
  texts: StorefrontTexts;
  now: Date;
}

const MAX_EVENTS = 100;
/** Older scans are folded away, so that a page with several parcels stays readable. */
const OPEN_EVENTS = 3;

export function ParcelCard({ parcel, texts, now }: ParcelProps) {
  const heading = `doorstep-parcel-${parcel.index}`;
  return (
    <article aria-labelledby={heading} className="doorstep-card">
      {parcel.count > 1 && (
        <p className="doorstep-muted">{texts("page.parcel", { index: parcel.index, count: parcel.count })}</p>
      )}
      <h2 className={`doorstep-status${parcel.troubled ? " doorstep-trouble" : ""}`} id={heading}>
        {texts(`status.${parcel.status}`)}
      </h2>
      <Steps step={parcel.step} texts={texts} />
      <Facts parcel={parcel} texts={texts} />
      <History events={parcel.events} heading={heading} texts={texts} />
      {parcel.items.length > 0 && (
        <>
          <h3>{texts("page.items")}</h3>
          <ItemList items={parcel.items} texts={texts} />
        </>
      )}
      <Checked now={now} parcel={parcel} texts={texts} />
    </article>
  );
}

function Steps({ step, texts }: { step: number; texts: StorefrontTexts }) {
  return (
    <ol className="doorstep-steps">
      {STEPS.map((name, index) => (
        <li aria-current={index + 1 === step ? "step" : undefined} data-done={index < step ? "" : undefined} key={name}>
          {texts(`step.${name}`)}
        </li>
      ))}
    </ol>
  );
}

function Facts({ parcel, texts }: { parcel: ViewParcel; texts: StorefrontTexts }) {
  const url = parcel.carrierUrl ?? parcel.shopUrl;
  return (
    <dl className="doorstep-facts">
      {parcel.deliveredLocal && (
        <div>
          <dt>{texts("page.delivered_on")}</dt>
          <dd>{localMoment(parcel.deliveredLocal, texts.locale)}</dd>
        </div>
      )}
      {!parcel.deliveredLocal && parcel.expected && (
        <div>
          <dt>{texts("page.expected")}</dt>
          <dd>{parcel.expected}</dd>
        </div>
      )}
      {parcel.carrierName && (
        <div>
          <dt>{texts("page.carrier")}</dt>
          <dd>{parcel.carrierName}</dd>
        </div>
      )}
      <div>
        <dt>{texts("page.number")}</dt>
        <dd>
          {url ? (
            <a
              aria-label={`${parcel.trackingNumber} – ${texts("page.open_carrier", { carrier: parcel.carrierName ?? "" })}`}
              href={url}
              rel="noreferrer noopener"
            >
              {parcel.trackingNumber}
            </a>
          ) : (
            parcel.trackingNumber
          )}
        </dd>
      </div>
    </dl>
  );
}

function History({
  events,
  heading,
  texts,
}: {
  events: readonly ViewEvent[];
  heading: string;
  texts: StorefrontTexts;
}) {
  if (events.length === 0) return <p className="doorstep-muted">{texts("page.no_events")}</p>;
  const shown = events.slice(0, OPEN_EVENTS);
  const more = events.slice(OPEN_EVENTS, MAX_EVENTS);
  return (
    <section aria-labelledby={`${heading}-history`}>
      <h3 id={`${heading}-history`}>{texts("page.history")}</h3>
      <EventList events={shown} texts={texts} />
      {more.length > 0 && (
        <details>
          <summary>{texts("page.earlier", { count: more.length })}</summary>
          <EventList events={more} texts={texts} />
        </details>
      )}
      <p className="doorstep-muted">{texts("page.local_time")}</p>
    </section>
  );
}

function EventList({ events, texts }: { events: readonly ViewEvent[]; texts: StorefrontTexts }) {
  const day = new Intl.DateTimeFormat(texts.locale, { day: "numeric", month: "short", timeZone: "UTC" });
  return (
    <ol className="doorstep-events">
      {events.map((event, index) => (
        <li key={index}>
          <span className="doorstep-muted">
            {event.date ? day.format(new Date(`${event.date}T12:00:00Z`)) : texts("page.no_time")}
            {event.time && (
              <>
                <br />
                {event.time}
              </>
            )}
          </span>
          <span>
            {event.description ?? texts(`status.${event.status}`)}
            {event.location && (
              <>
                <br />
                <span className="doorstep-muted">{event.location}</span>
              </>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Checked({ parcel, texts, now }: ParcelProps) {
  if (parcel.stale) return <p className="doorstep-muted">{texts("page.not_checked")}</p>;
  if (!parcel.lastCheckAt || parcel.status === "delivered") return null;
  return (
    <p className="doorstep-muted">{texts("page.checked", { when: ago(parcel.lastCheckAt, now, texts.locale) })}</p>
  );
}

/** "5 minutes ago" in the reader's language. */
function ago(then: Date, now: Date, locale: string): string {
  const minutes = Math.max(0, Math.round((now.getTime() - then.getTime()) / 60_000));
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (minutes < 60) return format.format(-minutes, "minute");
  if (minutes < 48 * 60) return format.format(-Math.round(minutes / 60), "hour");
  return format.format(-Math.round(minutes / 1_440), "day");
}

/** A carrier's wall clock in the reader's format, without converting it to another zone. */
function localMoment(local: string, locale: string): string {
  const withTime = local.includes("T");
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "long",
    ...(withTime ? { timeStyle: "short" } : {}),
    timeZone: "UTC",
  });
  return format.format(new Date(withTime ? `${local.slice(0, 19)}Z` : `${local}T12:00:00Z`));
}
