import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { SmsClosedReason } from "#app/modules/notifications/sms/sms-account.ts";
import type { SmsMonth } from "#app/modules/notifications/sms/read-sms-page.server.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useSmsForm } from "./use-sms-form.ts";

interface SmsStatusCardProps {
  closed: SmsClosedReason | null;
  /** Null before an account is connected. */
  month: SmsMonth | null;
}

/** Whether texts go out, what is still missing, the switch, and what they have cost this month. */
export function SmsStatusCard({ closed, month }: SmsStatusCardProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const form = useSmsForm({});
  const on = closed === null;
  const ready = on || closed === "switched_off" || closed === "refused";
  const refused = form.answer?.kind === "closed" ? form.answer.reason : undefined;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300" wrap={false}>
          <BlockStack gap="100">
            <InlineStack align="start" blockAlign="center" gap="200">
              <Text as="h2" variant="headingMd">
                {texts(on ? "sms.is_on" : "sms.is_off")}
              </Text>
              <Badge {...(on ? { tone: "success" as const } : {})}>{texts(on ? "messages.on" : "messages.off")}</Badge>
            </InlineStack>
            <Text as="p" tone="subdued">
              {on ? texts("sms.on_text") : textOf("sms.closed", closed)}
            </Text>
          </BlockStack>
          <Button
            disabled={!ready}
            loading={form.busy}
            onClick={() => form.submit(on ? "switch_off" : "switch_on")}
            {...(on ? {} : { variant: "primary" as const })}
          >
            {texts(on ? "sms.switch_off" : "sms.switch_on")}
          </Button>
        </InlineStack>
        {refused && (
          <Banner tone="warning">
            <p>{textOf("sms.closed", refused)}</p>
          </Banner>
        )}
        {month && <MonthSoFar month={month} />}
      </BlockStack>
    </Card>
  );
}

function MonthSoFar({ month }: { month: SmsMonth }) {
  const texts = useTexts();
  const { number, micros } = useFormats();
  const costs = month.costs.map((cost) => micros(cost.micros, cost.currency)).join(" + ");
  return (
    <Text as="p">
      {texts("sms.month", {
        texts: number(month.texts),
        failed: number(month.failed),
        cost: costs || micros(0, "USD"),
      })}
    </Text>
  );
}
