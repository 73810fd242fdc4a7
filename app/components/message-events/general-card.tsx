import { Button, ButtonGroup, Checkbox, FormLayout, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTexts } from "#app/components/texts.tsx";
import { TitledCard } from "#app/components/titled-card.tsx";
import type { MessageRules } from "#app/modules/notifications/message-rules.ts";
import { NumberField } from "./number-field.tsx";
import { type DraftState, useDraft } from "./use-draft.ts";

type General = Omit<MessageRules, "events">;

/** What holds for all events: hours, bundling, staff. */
export function GeneralCard({ general }: { general: General }) {
  const texts = useTexts();
  const draft = useDraft(general, { intent: "general" });
  return (
    <TitledCard title={texts("general.title")}>
      <FormLayout>
        <HoursFields draft={draft} />
        <NumberField
          error={draft.problem("bundleMinutes")}
          help={texts("general.bundle_help")}
          label={texts("general.bundle")}
          max={1440}
          min={0}
          onChange={(minutes) => draft.change({ bundleMinutes: minutes ?? 0 })}
          suffix={texts("general.minutes")}
          value={draft.value.bundleMinutes}
        />
        <StaffFields draft={draft} />
      </FormLayout>
      {draft.dirty && (
        <InlineStack>
          <ButtonGroup>
            <Button loading={draft.busy} onClick={draft.save} variant="primary">
              {texts("draft.save")}
            </Button>
            <Button onClick={draft.discard}>{texts("common.discard")}</Button>
          </ButtonGroup>
        </InlineStack>
      )}
    </TitledCard>
  );
}

function HoursFields({ draft: { value, change, problem } }: { draft: DraftState<General> }) {
  const texts = useTexts();
  const { email, sms } = value.hours;
  const setSms = (part: Partial<typeof sms>) => change({ hours: { email, sms: { ...sms, ...part } } });
  const setEmail = (hours: typeof email) => change({ hours: { email: hours, sms } });
  return (
    <>
      <FormLayout.Group condensed>
        <NumberField
          error={problem("hours.sms.from")}
          label={texts("general.sms_from")}
          max={24}
          min={0}
          onChange={(from) => setSms({ from: from ?? 0 })}
          value={sms.from}
        />
        <NumberField
          error={problem("hours.sms.to")}
          label={texts("general.sms_to")}
          max={24}
          min={0}
          onChange={(to) => setSms({ to: to ?? 0 })}
          value={sms.to}
        />
      </FormLayout.Group>
      <Text as="p" tone="subdued">
        {texts("general.sms_help")}
      </Text>
      <Checkbox
        checked={email !== null}
        label={texts("general.email_hours")}
        onChange={(on) => setEmail(on ? { from: 7, to: 22 } : null)}
      />
      {email && (
        <FormLayout.Group condensed>
          <NumberField
            label={texts("general.email_from")}
            max={24}
            min={0}
            onChange={(from) => setEmail({ ...email, from: from ?? 0 })}
            value={email.from}
          />
          <NumberField
            label={texts("general.email_to")}
            max={24}
            min={0}
            onChange={(to) => setEmail({ ...email, to: to ?? 0 })}
            value={email.to}
          />
        </FormLayout.Group>
      )}
    </>
  );
}

function StaffFields({ draft }: { draft: DraftState<General> }) {
  const texts = useTexts();
  const { staff } = draft.value;
  const set = (part: Partial<typeof staff>) => draft.change({ staff: { ...staff, ...part } });
  const [typed, setTyped] = useState(staff.addresses.join(", "));
  const addresses = (text: string) => text.split(",").map((one) => one.trim());
  return (
    <>
      <TextField
        autoComplete="off"
        helpText={texts("general.staff_help")}
        label={texts("general.staff")}
        onChange={(text) => {
          setTyped(text);
          set({ addresses: addresses(text).filter((one) => one !== "") });
        }}
        value={typed}
        {...(draft.hasProblem("staff.addresses") ? { error: texts("problem_in.email") } : {})}
      />
      <Checkbox
        checked={staff.dailyDigest}
        helpText={texts("general.digest_help")}
        label={texts("general.digest")}
        onChange={(dailyDigest) => set({ dailyDigest })}
      />
      {staff.dailyDigest && (
        <NumberField
          label={texts("general.digest_hour")}
          max={23}
          min={0}
          onChange={(hour) => set({ digestHour: hour ?? 8 })}
          value={staff.digestHour}
        />
      )}
    </>
  );
}
