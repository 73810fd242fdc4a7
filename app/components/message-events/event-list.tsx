import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, Checkbox, Divider, InlineStack, Text } from "@shopify/polaris";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import type { EventView } from "#app/modules/notifications/events-view.ts";

const GROUPS = ["status", "predicted", "problem", "returns", "order"] as const;

/** The events by section, each with one line of advice, its switch, and the ways to its settings and texts. */
export function EventList({ events }: { events: readonly EventView[] }) {
  return (
    <BlockStack gap="400">
      {GROUPS.map((group) => (
        <Section events={events.filter((event) => event.group === group)} group={group} key={group} />
      ))}
    </BlockStack>
  );
}

function Section({ group, events }: { group: (typeof GROUPS)[number]; events: readonly EventView[] }) {
  const texts = useTexts();
  if (events.length === 0) return null;
  return (
    <TitledCard gap="300" text={texts(`events.advice.${group}`)} title={texts(`events.section.${group}`)}>
      {events.map((event) => (
        <BlockStack gap="300" key={event.key}>
          <Divider />
          <EventRow event={event} />
        </BlockStack>
      ))}
    </TitledCard>
  );
}

function EventRow({ event }: { event: EventView }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher();
  const label = textOf("kind", event.key);
  const wanted = fetcher.formData?.get("on");
  const on = wanted ? wanted === "true" : event.rules.on;
  const base = `/app/messages/events/${event.key}`;
  return (
    <InlineStack align="space-between" blockAlign="start" gap="300">
      <Box minWidth="0" width="min(100%, 34rem)">
        <BlockStack gap="150">
          {event.dormant ? (
            <DormantEvent event={event} />
          ) : (
            <>
              <Checkbox
                checked={on}
                helpText={textOf("kind_hint", event.key)}
                label={label}
                onChange={(value) => {
                  fetcher.submit({ intent: "toggle", key: event.key, on: String(value) }, { method: "post" });
                }}
              />
              <EventBadges event={event} on={on} />
            </>
          )}
        </BlockStack>
      </Box>
      <InlineStack align="start" gap="200">
        {!event.dormant && (
          <Button accessibilityLabel={texts("events.settings_of", { event: label })} url={`${base}/rules`}>
            {texts("events.settings")}
          </Button>
        )}
        <Button accessibilityLabel={texts("events.texts_of", { event: label })} url={base}>
          {texts("events.texts")}
        </Button>
      </InlineStack>
    </InlineStack>
  );
}

/** An event that nothing calls for yet: what it will say can be read and written, but there is nothing to switch. */
function DormantEvent({ event }: { event: EventView }) {
  const texts = useTexts();
  const textOf = useTextOf();
  return (
    <Box paddingInlineStart="600">
      <BlockStack gap="100">
        <Text as="p">{textOf("kind", event.key)}</Text>
        <Text as="p" tone="subdued">
          {textOf("kind_hint", event.key)}
        </Text>
        <InlineStack align="start">
          <Badge>{texts("events.dormant")}</Badge>
        </InlineStack>
      </BlockStack>
    </Box>
  );
}

function EventBadges({ event, on }: { event: EventView; on: boolean }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { channels, delayHours, rules, voice, controlShare, staffCopy } = event.rules;
  const plain = !event.changed && !event.marketing && delayHours === 0 && controlShare === 0 && !staffCopy;
  if (!on && plain && rules.length === 0) return null;
  return (
    <Box paddingInlineStart="600">
      <InlineStack align="start" gap="150">
        {event.changed && <Badge tone="attention">{texts("events.changed")}</Badge>}
        {on && voice === "shopify" && <Badge>{texts("events.shopify_tells")}</Badge>}
        {on && voice === "doorstep" && channels.map((name) => <Badge key={name}>{textOf("channel", name)}</Badge>)}
        {event.marketing && <Badge tone="info">{texts("events.needs_consent")}</Badge>}
        {delayHours > 0 && <Badge>{texts("events.after_hours", { count: delayHours })}</Badge>}
        {rules.length > 0 && <Badge>{texts("events.rule_count", { count: rules.length })}</Badge>}
        {controlShare > 0 && <Badge>{texts("events.control", { share: Math.round(controlShare * 100) })}</Badge>}
        {staffCopy && <Badge>{texts("events.staff_copy")}</Badge>}
      </InlineStack>
    </Box>
  );
}
