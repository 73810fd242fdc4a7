import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Checkbox, List, Text } from "@shopify/polaris";
import { boundary } from "@shopify/shopify-app-remix/server";
import { useFormats } from "#app/components/formats.ts";
import { SettingsField } from "#app/components/settings-field.tsx";
import { SettingsPage } from "#app/components/settings-page.tsx";
import { useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import { useSettingsForm } from "#app/components/use-settings-form.ts";
import { FEWEST_PARCELS } from "#app/modules/foresight/judge-score.ts";
import { readScorecard } from "#app/modules/foresight/read-scorecard.server.ts";
import { readFlagShare, readThresholds } from "#app/modules/foresight/read-thresholds.server.ts";
import { saveForecastSettings } from "#app/modules/foresight/save-forecast-settings.server.ts";
import { openAdminVisit } from "#app/modules/shops/open-admin-visit.server.ts";
import { loadSettings } from "#app/modules/shops/settings.server.ts";
import { webServices } from "#app/services.server.ts";

export const headers: HeadersFunction = (headersArgs) => boundary.headers(headersArgs);

/** Weeks of history that the precision is measured on. */
const WEEKS = 12;

export async function loader({ request }: LoaderFunctionArgs) {
  const services = webServices();
  const { shopId } = await openAdminVisit(services, request);
  return services.db.forShop(shopId, async (tx) => {
    const { pool, delayProbability } = (await loadSettings(tx, shopId)).foresight;
    const chosen = await readThresholds(tx, shopId);
    const { overall } = await readScorecard(tx, shopId, { weeks: WEEKS, clock: services.clock });
    const inForce = delayProbability ?? chosen.thresholds.delayProbability;
    return json({
      values: { pool, delayPercent: delayProbability === null ? "" : String(Math.round(delayProbability * 100)) },
      chosen,
      precision: overall.warningPrecision,
      fewest: FEWEST_PARCELS,
      flags: await readFlagShare(tx, shopId, inForce),
    });
  });
}

export async function action({ request }: ActionFunctionArgs) {
  const services = webServices();
  const { shopId, actorId } = await openAdminVisit(services, request);
  const fields = Object.fromEntries(await request.formData()) as Record<string, string>;
  return json(
    await services.db.forShop(shopId, (tx) => saveForecastSettings(tx, services, { shopId, actorId, fields })),
  );
}

export default function ForecastSettings() {
  const { values, chosen } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const form = useSettingsForm(values);
  return (
    <SettingsPage form={form} subtitle={texts("thresholds.subtitle")} title={texts("settings.forecasts")}>
      <BlockStack gap="400">
        <TitledCard title={texts("thresholds.title")}>
          <Text as="p">{texts(chosen.fromHistory.length > 0 ? "thresholds.history" : "thresholds.usual")}</Text>
          <Thresholds />
          <SettingsField
            form={form}
            help="thresholds.delay_help"
            label="thresholds.delay"
            maxLength={3}
            name="delayPercent"
            placeholder={String(Math.round(chosen.thresholds.delayProbability * 100))}
            suffix="%"
          />
        </TitledCard>
        <TitledCard gap="300" title={texts("pool.title")}>
          <Text as="p">{texts("pool.text")}</Text>
          <List>
            <List.Item>{texts("pool.shared")}</List.Item>
            <List.Item>{texts("pool.kept")}</List.Item>
            <List.Item>{texts("pool.leave")}</List.Item>
          </List>
          <Checkbox checked={form.values.pool} label={texts("pool.label")} onChange={form.set("pool")} />
        </TitledCard>
      </BlockStack>
    </SettingsPage>
  );
}

/** What each detector goes by, and how often its warnings were right. */
function Thresholds() {
  const { chosen, precision, fewest, flags, values } = useLoaderData<typeof loader>();
  const texts = useTexts();
  const { percent, number } = useFormats();
  const { thresholds } = chosen;
  const delay = values.delayPercent === "" ? thresholds.delayProbability : Number(values.delayPercent) / 100;
  const right =
    precision && precision.parcels >= fewest
      ? texts("thresholds.right", { share: percent(precision.share), count: precision.parcels })
      : texts("score.too_few", { fewest: number(fewest), count: precision?.parcels ?? 0 });
  const days = thresholds.unfulfilledDays;
  const rows = [
    ["delay_predicted", "delayProbability", texts("thresholds.late_from", { share: percent(delay) }), right],
    ["stalled", "silenceTail", texts("thresholds.silent_under", { share: percent(thresholds.silenceTail) }), null],
    ["label_unscanned", "labelTail", texts("thresholds.silent_under", { share: percent(thresholds.labelTail) }), null],
    [
      "suspected_lost",
      "lostProbability",
      texts("thresholds.lost_from", { share: percent(thresholds.lostProbability) }),
      null,
    ],
    [
      "unfulfilled",
      "unfulfilledDays",
      days > 0 ? texts("thresholds.unshipped_for", { days }) : texts("thresholds.unshipped"),
      null,
    ],
  ] as const;
  const by = (name: (typeof rows)[number][1]) => {
    if (name === "delayProbability" && values.delayPercent !== "") return texts("thresholds.by_you");
    return texts(chosen.fromHistory.includes(name) ? "thresholds.by_history" : "thresholds.by_usual");
  };
  return (
    <BlockStack gap="300">
      {rows.map(([kind, name, when, how]) => (
        <BlockStack gap="100" key={kind}>
          <Text as="h3" variant="headingSm">
            {kind === "unfulfilled" ? texts("thresholds.unfulfilled") : texts(`risk.${kind}`)}
          </Text>
          <Text as="p">{when}</Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {[
              `${texts("thresholds.by")}: ${by(name)}`,
              ...(how === null ? [] : [`${texts("thresholds.precision")}: ${how}`]),
            ].join(" · ")}
          </Text>
        </BlockStack>
      ))}
      <Text as="p" tone="subdued">
        {texts("thresholds.now", { flagged: number(flags.flagged), all: number(flags.onTheWay) })}
      </Text>
    </BlockStack>
  );
}
