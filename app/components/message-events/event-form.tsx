import { Checkbox, ChoiceList, FormLayout, RangeSlider } from "@shopify/polaris";
import { useTextOf, useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import type { EventView } from "#app/modules/notifications/events-view.ts";
import type { EventRules } from "#app/modules/notifications/message-rules.ts";
import { ChannelChoice, type TextReadiness } from "./channel-choice.tsx";
import { NumberField } from "./number-field.tsx";
import type { DraftState } from "./use-draft.ts";

interface EventFormProps {
  event: EventView;
  draft: DraftState<EventRules>;
  ready: TextReadiness;
}

/** What holds for an event unless one of its rules says otherwise. */
export function EventForm({ event, draft, ready }: EventFormProps) {
  const texts = useTexts();
  const { value, change, problem } = draft;
  return (
    <TitledCard title={texts("event.what")}>
      <FormLayout>
        <Checkbox checked={value.on} label={texts("event.on")} onChange={(on) => change({ on })} />
        <ChannelChoice
          error={problem("channels")}
          label={texts("event.channels")}
          onChange={(channels) => change({ channels })}
          ready={ready}
          value={value.channels}
        />
        {event.shopifyMail && <VoiceChoice draft={draft} />}
        {event.key === "shipped" && <MomentChoice draft={draft} />}
        {event.threshold && <ThresholdField draft={draft} event={event} />}
        <NumberField
          error={problem("delayHours")}
          help={texts("event.delay_help")}
          label={texts("event.delay")}
          max={336}
          min={0}
          onChange={(hours) => change({ delayHours: hours ?? 0 })}
          suffix={texts("event.hours")}
          value={value.delayHours}
        />
        {!event.urgent && <ControlShare draft={draft} />}
        <Checkbox
          checked={value.staffCopy}
          helpText={texts("event.staff_copy_help")}
          label={texts("event.staff_copy")}
          onChange={(staffCopy) => change({ staffCopy })}
        />
      </FormLayout>
    </TitledCard>
  );
}

function VoiceChoice({ draft: { value, change } }: Pick<EventFormProps, "draft">) {
  const texts = useTexts();
  return (
    <ChoiceList
      choices={[
        { label: texts("voice.doorstep"), value: "doorstep", helpText: texts("event.voice_doorstep_help") },
        { label: texts("voice.shopify"), value: "shopify", helpText: texts("event.voice_shopify_help") },
      ]}
      onChange={([voice]) => change({ voice: voice === "shopify" ? "shopify" : "doorstep" })}
      selected={[value.voice]}
      title={texts("event.voice")}
    />
  );
}

function MomentChoice({ draft: { value, change } }: Pick<EventFormProps, "draft">) {
  const texts = useTexts();
  return (
    <ChoiceList
      choices={[
        { label: texts("moment.scan"), value: "scan", helpText: texts("event.moment_scan_help") },
        { label: texts("moment.fulfillment"), value: "fulfillment", helpText: texts("event.moment_fulfillment_help") },
      ]}
      onChange={([moment]) => change({ moment: moment === "fulfillment" ? "fulfillment" : "scan" })}
      selected={[value.moment]}
      title={texts("event.moment")}
    />
  );
}

/** The number of the event, with what a smaller or larger one would do in words. */
function ThresholdField({ event, draft: { value, change, problem } }: Pick<EventFormProps, "event" | "draft">) {
  const texts = useTexts();
  const textOf = useTextOf();
  if (!event.threshold) return null;
  const { unit, usual, min, max } = event.threshold;
  const bounds = texts("event.bounds", { min, max, unit: texts(unit === "days" ? "event.days" : "event.hours") });
  return (
    <NumberField
      error={problem("threshold") && `${problem("threshold")} ${bounds}`}
      help={textOf("threshold_help", event.key)}
      label={textOf("threshold", event.key)}
      max={max}
      min={min}
      onChange={(threshold) => change({ threshold })}
      placeholder={usual === null ? texts("event.learnt") : String(usual)}
      suffix={texts(unit === "days" ? "event.days" : "event.hours")}
      value={value.threshold}
    />
  );
}

function ControlShare({ draft: { value, change } }: Pick<EventFormProps, "draft">) {
  const texts = useTexts();
  const share = Math.round(value.controlShare * 100);
  return (
    <RangeSlider
      helpText={texts("event.control_help")}
      label={texts("event.control", { share })}
      max={50}
      min={0}
      onChange={(percent) => change({ controlShare: Number(percent) / 100 })}
      output
      step={5}
      value={share}
    />
  );
}
