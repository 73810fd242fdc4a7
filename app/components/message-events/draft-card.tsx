import { useFetcher } from "@remix-run/react";
import { Button, ButtonGroup, InlineStack, Text } from "@shopify/polaris";
import { PlainTable } from "#app/components/plain-table.tsx";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import type { RuleChange } from "#app/modules/notifications/rule-changes.ts";

/** What publishing would change, and the three ways on: rehearse it, publish it, throw it away. */
export function DraftCard({ changes }: { changes: readonly RuleChange[] }) {
  const texts = useTexts();
  const fetcher = useFetcher();
  const busy = fetcher.state !== "idle";
  const send = (intent: string) => () => {
    fetcher.submit({ intent }, { method: "post", action: "/app/messages/events" });
  };
  return (
    <TitledCard gap="300" title={texts("draft.title", { count: changes.length })}>
      <Text as="p" tone="subdued">
        {texts("draft.help")}
      </Text>
      {changes.length > 0 && <ChangeTable changes={changes} />}
      <InlineStack>
        <ButtonGroup>
          <Button disabled={busy} onClick={send("publish")} variant="primary">
            {texts("draft.publish")}
          </Button>
          <Button url="/app/messages/rehearsal">{texts("draft.rehearse")}</Button>
          <Button disabled={busy} onClick={send("discard")} tone="critical" variant="tertiary">
            {texts("draft.discard")}
          </Button>
        </ButtonGroup>
      </InlineStack>
    </TitledCard>
  );
}

/** What publishing would change of one event; published is everything at once, where all of it is listed. */
export function EventDraftCard({ changes }: { changes: readonly RuleChange[] }) {
  const texts = useTexts();
  return (
    <TitledCard gap="300" title={texts("draft.title", { count: changes.length })}>
      <ChangeTable changes={changes} />
      <InlineStack>
        <ButtonGroup>
          <Button url="/app/messages/events">{texts("draft.review")}</Button>
          <Button url="/app/messages/rehearsal">{texts("draft.rehearse")}</Button>
        </ButtonGroup>
      </InlineStack>
    </TitledCard>
  );
}

function ChangeTable({ changes }: { changes: readonly RuleChange[] }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const say = useSaidValue();
  return (
    <PlainTable
      headings={[texts("draft.event"), texts("draft.field"), texts("draft.before"), texts("draft.after")]}
      caption={texts("draft.title", { count: changes.length })}
      rows={changes.map((change) => ({
        key: `${change.event ?? ""} ${change.field}`,
        cells: [
          change.event ? textOf("kind", change.event) : texts("draft.all_events"),
          textOf("rules_field", change.field),
          say(change, change.before),
          say(change, change.after),
        ],
      }))}
    />
  );
}

/** A value of the rules in words. */
function useSaidValue(): (change: RuleChange, value: string) => string {
  const texts = useTexts();
  const textOf = useTextOf();
  return ({ field }, value) => {
    if (value === "") return texts("draft.nothing");
    if (value === "true" || value === "false") return texts(value === "true" ? "messages.on" : "messages.off");
    switch (field) {
      case "channels":
        return value
          .split(", ")
          .map((name) => textOf("channel", name))
          .join(", ");
      case "voice":
      case "moment":
        return textOf(field, value);
      case "controlShare":
        return `${Math.round(Number(value) * 100)} %`;
      default:
        return value;
    }
  };
}
