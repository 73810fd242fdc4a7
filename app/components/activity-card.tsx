import type { SerializeFrom } from "@remix-run/node";
import { InlineStack, Text } from "@shopify/polaris";
import type { ActivityEntry } from "#app/modules/activity/read-activity.server.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

/** Who did what to this parcel and when. */
export function ActivityCard({ entries }: { entries: readonly SerializeFrom<ActivityEntry>[] }) {
  const texts = useTexts();
  const { moment } = useFormats();
  const words = useActivityWords();
  if (entries.length === 0) return null;
  return (
    <TitledCard gap="300" title={texts("activity.title")}>
      {entries.map((entry) => (
        <InlineStack align="space-between" blockAlign="start" gap="200" key={entry.id}>
          <Text as="p">{words(entry)}</Text>
          <Text as="p" tone="subdued" variant="bodySm">
            {moment(entry.at)}
          </Text>
        </InlineStack>
      ))}
    </TitledCard>
  );
}

/** An entry as a sentence; its codes are put into words first. */
function useActivityWords(): (entry: SerializeFrom<ActivityEntry>) => string {
  const texts = useTexts();
  const textOf = useTextOf();
  const { shortDay } = useFormats();
  const day = (value: unknown) => (typeof value === "string" ? shortDay(value) : "–");
  const word = (prefix: string, value: unknown) => (typeof value === "string" ? textOf(prefix, value) : "–");
  return ({ type, data }) => {
    switch (type) {
      case "shipment.status_changed":
        return texts("activity.status_changed", { from: word("status", data["from"]), to: word("status", data["to"]) });
      case "shipment.carrier_changed":
        return texts(data["reason"] === "aggregator" ? "activity.carrier_named" : "activity.carrier_changed", {
          to: String(data["to"] ?? "–"),
        });
      case "shipment.watch_stopped":
        return `${texts("activity.watch_stopped")} ${word("stop", data["reason"])}`;
      case "shipment.check_failed":
        return `${texts("activity.check_failed")} ${word("check_problem", data["kind"])}`;
      case "shipment.trouble_found":
        return texts("activity.trouble_found", { trouble: word("trouble", data["kind"]) });
      case "shipment.trouble_cleared":
        return texts("activity.trouble_cleared", { trouble: word("trouble", data["kind"]) });
      case "shipment.date_moved":
        return texts("activity.date_moved", { from: day(data["from"]), to: day(data["to"]) });
      case "notification.sent":
        return texts("activity.sent", { kind: word("kind", data["kind"]) });
      case "notification.suppressed":
        return `${texts("activity.suppressed", { kind: word("kind", data["kind"]) })} ${word("why", data["rule"])}`;
      case "notification.failed":
        return texts("activity.failed", { kind: word("kind", data["kind"]) });
      default:
        return textOf("activity", type.replaceAll(".", "_"));
    }
  };
}
