import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Card, ChoiceList, InlineGrid } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { PromisePreviewCard } from "#app/components/promise-preview-card.tsx";
import { SettingsField } from "#app/components/settings-field.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import { TransitRules } from "#app/components/transit-rules.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { WeekdayChoice } from "#app/components/weekday-choice.tsx";
import { listExamplePlaces } from "#app/modules/foresight/preview-promise.server.ts";
import { answerSettingsForm } from "#app/modules/shops/answer-settings-form.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { writePromiseFields } from "#app/modules/shops/promise-fields.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) =>
    json({
      values: writePromiseFields((await loadSettings(tx, shopId)).promise),
      places: await listExamplePlaces(tx, shopId),
    }),
  );
}

export async function action({ request }: ActionFunctionArgs) {
  return json(await answerSettingsForm(webServices(), request, "promise"));
}

const STYLES = ["likely", "range", "by", "by_for_gifts"] as const;

export default function PromiseSettings() {
  const { values, places } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const form = useSettingsForm(values);
  return (
    <SettingsPage form={form} subtitle={texts("promise.subtitle")} title={texts("settings.promise")}>
      <InlineGrid alignItems="start" columns={{ xs: 1, md: ["twoThirds", "oneThird"] }} gap="400">
        <BlockStack gap="400">
          <TitledCard title={texts("promise.leaving")}>
            <SettingsField
              form={form}
              help="promise.cut_off_help"
              label="promise.cut_off"
              name="cutOffHour"
              type="time"
            />
            <SettingsField
              form={form}
              help="promise.processing_help"
              label="promise.processing"
              name="processingDays"
              type="number"
            />
            <WeekdayChoice chosen={form.values.shipsOn} onChange={form.set("shipsOn")} />
            <SettingsField form={form} label="promise.collection" name="collectionHour" type="time" />
            <SettingsField
              form={form}
              help="promise.closed_help"
              label="promise.closed"
              multiline={3}
              name="closedOn"
            />
          </TitledCard>
          <TitledCard title={texts("promise.transit")}>
            <TransitRules
              onChange={form.set("transit")}
              problem={form.problem("transit")}
              value={form.values.transit}
            />
            <SettingsField form={form} label="promise.domestic" name="domesticDays" type="number" />
            <SettingsField form={form} label="promise.foreign" name="foreignDays" type="number" />
          </TitledCard>
          <Card>
            <ChoiceList
              choices={STYLES.map((style) => ({
                value: style,
                label: texts(`promise.style_${style}`),
                helpText: texts(`promise.style_${style}_help`),
              }))}
              onChange={([style]) => style && form.set("dateStyle")(style)}
              selected={[form.values.dateStyle]}
              title={texts("promise.style")}
            />
          </Card>
        </BlockStack>
        <PromisePreviewCard places={places} values={form.values} />
      </InlineGrid>
    </SettingsPage>
  );
}
