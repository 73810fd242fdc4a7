import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, Select, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { ExamplePlace, PromisePreview } from "#app/modules/foresight/preview-promise.server.ts";
import type { PromiseFields } from "#app/modules/shops/promise-fields.ts";
import { useFormats } from "./formats.ts";
import { useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

interface PreviewProps {
  values: PromiseFields;
  places: readonly ExamplePlace[];
}

type Preview = PromisePreview | { kind: "invalid" } | { kind: "no_place" };

/** A pause in typing after which the preview is computed again. */
const TYPING_MS = 400;
const ADDRESS = "/app/settings/promise/preview";

/** What an order placed now would be told, by the rules as they are typed. */
export function PromisePreviewCard({ values, places }: PreviewProps) {
  const texts = useTexts();
  const { country } = useFormats();
  const [place, setPlace] = useState(places[0]?.country ?? "");
  const preview = usePreview(values, place);
  return (
    <TitledCard gap="300" title={texts("promise_preview.title")}>
      {places.length > 0 && (
        <Select
          label={texts("promise_preview.to")}
          onChange={setPlace}
          options={places.map((one) => {
            const town = [one.city, one.region].filter(Boolean).join(" ");
            return { value: one.country, label: [town, country(one.country)].filter(Boolean).join(", ") };
          })}
          value={place}
        />
      )}
      <div aria-live="polite">
        {preview && (
          <Said
            place={places.find((one) => one.country === place)}
            preview={preview}
            range={values.dateStyle === "range" || values.dateStyle === "likely"}
          />
        )}
      </div>
    </TitledCard>
  );
}

/** Asked for at first and after each pause in typing; the one before stays until the next has come. */
function usePreview(values: PromiseFields, place: string): SerializeFrom<Preview> | undefined {
  const { load, data } = useFetcher<Preview>();
  const address = `${ADDRESS}?${new URLSearchParams({ ...(values as Record<string, string>), place }).toString()}`;
  useEffect(() => {
    const timer = setTimeout(() => load(address), TYPING_MS);
    return () => clearTimeout(timer);
  }, [address, load]);
  return data;
}

interface SaidProps {
  preview: SerializeFrom<Preview>;
  place: ExamplePlace | undefined;
  range: boolean;
}

function Said({ preview, place, range }: SaidProps) {
  const texts = useTexts();
  const { shortDay, span, country } = useFormats();
  if (preview.kind !== "promised") return <Text as="p">{texts(`promise_preview.${preview.kind}`)}</Text>;
  const { shipOn, promisedOn, window, byOn, minutesToCutOff } = preview;
  const to = place ? [place.city, place.region].filter(Boolean).join(" ") || country(place.country) : "–";
  const left = { hours: Math.floor(minutesToCutOff / 60), minutes: minutesToCutOff % 60 };
  return (
    <BlockStack gap="200">
      <Text as="p" variant="headingSm">
        {range
          ? texts("promise_preview.between", { place: to, span: span(window.from, window.to) })
          : texts("promise_preview.by", { place: to, day: shortDay(byOn) })}
      </Text>
      <Text as="p">{texts("promise_preview.countdown", { ...left, day: shortDay(shipOn) })}</Text>
      <Text as="p" tone="subdued">
        {texts("promise_preview.promised", { day: shortDay(promisedOn) })}
      </Text>
    </BlockStack>
  );
}
