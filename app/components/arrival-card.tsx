import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, InlineGrid, List, Text } from "@shopify/polaris";
import type { ArrivalShares } from "#app/modules/foresight/arrival-shares.ts";
import type { ForecastView } from "#app/modules/foresight/forecast-view.ts";
import { ArrivalPlot } from "./arrival-plot.tsx";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";
import { TroubleList } from "./trouble-list.tsx";
import { useReasonText } from "./use-reason-text.ts";

interface ArrivalCardProps {
  forecast: SerializeFrom<ForecastView> | null;
  shares: ArrivalShares | null;
  lifecycle: string;
  /** The carrier's own date in words; null where it gives none. */
  carrierDate: string | null;
  today: string;
  now: string;
}

/** A chance below this is no news to anybody. */
const WORTH_SAYING = 0.05;

/** The future of one parcel: the date and how sure it is, why, and what is wrong now. */
export function ArrivalCard(props: ArrivalCardProps) {
  const texts = useTexts();
  const { forecast, shares, now } = props;
  return (
    <TitledCard title={texts("arrival.title")}>
      {!forecast?.windows || !forecast.shown ? (
        <EmptyNote heading={texts("arrival.none")} text={texts(whyNone(props))} />
      ) : (
        <>
          {forecast.ended && <Text as="p">{texts("arrival.ended")}</Text>}
          {!forecast.ended && <TroubleList now={now} troubles={forecast.troubles} />}
          <Dates {...props} forecast={forecast} windows={forecast.windows} shown={forecast.shown} />
          {shares && (
            <ArrivalPlot later={shares.later} promisedOn={forecast.promise?.on ?? null} shares={shares.shares} />
          )}
          <Chances forecast={forecast} today={props.today} />
          <Reasons reasons={forecast.reasons} />
          <Footnote forecast={forecast} />
        </>
      )}
    </TitledCard>
  );
}

function whyNone({ forecast, lifecycle }: ArrivalCardProps) {
  if (forecast?.ended) return "arrival.none_ended";
  return lifecycle === "active" ? "arrival.none_yet" : "arrival.none_inactive";
}

type View = SerializeFrom<ForecastView>;

interface DatesProps extends ArrivalCardProps {
  windows: NonNullable<View["windows"]>;
  shown: NonNullable<View["shown"]>;
}

function Dates({ forecast, windows, shown, carrierDate }: DatesProps) {
  const texts = useTexts();
  const { shortDay, span } = useFormats();
  const promise = forecast?.promise;
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
      <Said
        label={texts("arrival.shown")}
        note={
          shown.from
            ? texts("arrival.window_coverage", { share: 8 })
            : texts("arrival.shown_coverage", { share: Math.round(shown.coverage * 10) })
        }
        value={span(shown.from ?? shown.on, shown.on)}
      />
      <Said
        label={texts("arrival.window")}
        note={texts("arrival.window_coverage", { share: 8 })}
        value={span(windows.w80.from, windows.w80.to)}
      />
      <Said
        label={texts("arrival.promise")}
        note={promise ? texts(promise.source === "shopify" ? "arrival.by_shopify" : "arrival.by_rule") : null}
        value={promise ? shortDay(promise.on) : texts("arrival.no_promise")}
      />
      <Said
        label={texts("arrival.carrier")}
        note={carrierDate && texts(shown.source === "carrier" ? "arrival.carrier_better" : "arrival.ours_better")}
        value={carrierDate ?? texts("arrival.no_carrier_date")}
      />
    </InlineGrid>
  );
}

function Said({ label, value, note }: { label: string; value: string; note: string | null }) {
  return (
    <BlockStack gap="050">
      <Text as="h3" tone="subdued" variant="bodySm">
        {label}
      </Text>
      <Text as="p" variant="headingSm">
        {value}
      </Text>
      {note && (
        <Text as="p" tone="subdued" variant="bodySm">
          {note}
        </Text>
      )}
    </BlockStack>
  );
}

/** Chances are of a parcel on its way; of one that has ended there is nothing left to say. */
function Chances({ forecast, today }: { forecast: View; today: string }) {
  const texts = useTexts();
  const { percent, shortDay } = useFormats();
  const { lateProbability, lostProbability, likelyOn, promise, ended } = forecast;
  if (ended) return null;
  const passed = promise !== null && promise.on < today;
  return (
    <BlockStack gap="100">
      {likelyOn && <Text as="p">{texts("arrival.likely", { day: shortDay(likelyOn) })}</Text>}
      {passed && <Text as="p">{texts("arrival.promise_passed")}</Text>}
      {!passed && lateProbability !== null && (
        <Text as="p">{texts("arrival.late", { share: percent(lateProbability) })}</Text>
      )}
      {lostProbability !== null && lostProbability >= WORTH_SAYING && (
        <Text as="p">{texts("arrival.lost", { share: percent(lostProbability) })}</Text>
      )}
    </BlockStack>
  );
}

function Reasons({ reasons }: Pick<View, "reasons">) {
  const texts = useTexts();
  const reasonText = useReasonText();
  const said = reasons.map(reasonText).filter((text) => text !== null);
  if (said.length === 0) return null;
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {texts("arrival.why")}
      </Text>
      <List>
        {said.map((text) => (
          <List.Item key={text}>{text}</List.Item>
        ))}
      </List>
    </BlockStack>
  );
}

function Footnote({ forecast }: { forecast: View }) {
  const texts = useTexts();
  const { moment } = useFormats();
  const { computedAt, modelVersion } = forecast;
  return (
    <Text as="p" tone="subdued" variant="bodySm">
      {texts("arrival.footnote", { when: moment(computedAt), version: modelVersion })}
    </Text>
  );
}
