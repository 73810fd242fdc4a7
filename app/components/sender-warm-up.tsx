import type { SerializeFrom } from "@remix-run/node";
import { useFetcher } from "@remix-run/react";
import { BlockStack, ChoiceList, ProgressBar, Text } from "@shopify/polaris";
import { useId } from "react";
import type { ListedDomain } from "#app/modules/notifications/list-sender-domains.server.ts";
import { showToast } from "./app-bridge.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";

export interface TrialSenderProps {
  address: string;
  /** 0 = there is none. */
  mailsPerDay: number;
}

interface SenderWarmUpProps {
  domain: SerializeFrom<ListedDomain>;
  trial: TrialSenderProps;
}

/** How far a verified domain is with its first days, and the two choices about them. Nothing once it is warm. */
export function SenderWarmUp({ domain, trial }: SenderWarmUpProps) {
  const texts = useTexts();
  const id = useId();
  const { day, limit, sentToday, started } = domain.warmUp;
  if (limit === null) return null;
  const share = Math.min(100, Math.round((sentToday / limit) * 100));
  return (
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="p" id={id}>
          {texts(started ? "domain.warm" : "domain.warm_first", { day, limit, sent: sentToday })}
        </Text>
        <ProgressBar ariaLabelledBy={id} progress={share} size="small" />
        <Text as="p" tone="subdued">
          {texts("domain.warm_why")}
        </Text>
      </BlockStack>
      <Choices domain={domain} trial={trial} />
    </BlockStack>
  );
}

function Choices({ domain, trial }: SenderWarmUpProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<{ kind: string }>();
  useAnswer(fetcher, ({ kind }) => showToast(textOf("domain_answer", kind)));
  const { firstDay } = domain.warmUp;
  const shown = { established: domain.warmUp.established, overflow: domain.warmUp.overflow, ...pending(fetcher) };
  const save = (change: Partial<typeof shown>) => {
    const { established, overflow } = { ...shown, ...change };
    const fields = { established: String(established), overflow: String(overflow) };
    void fetcher.submit({ intent: "warm_up", domainId: domain.id, ...fields }, { method: "post" });
  };
  const shared = trial.mailsPerDay > 0;
  const sharedHelp = { address: trial.address, count: trial.mailsPerDay };
  return (
    <>
      <ChoiceList
        choices={[
          { value: "no", label: texts("domain.before_no"), helpText: texts("domain.start", { count: firstDay.fresh }) },
          {
            value: "yes",
            label: texts("domain.before_yes"),
            helpText: `${texts("domain.start", { count: firstDay.established })} ${texts("domain.before_only_if")}`,
          },
        ]}
        onChange={([value]) => save({ established: value === "yes" })}
        selected={[shown.established ? "yes" : "no"]}
        title={texts("domain.before")}
      />
      <ChoiceList
        choices={[
          { value: "wait", label: texts("domain.above_wait"), helpText: texts("domain.above_wait_help") },
          {
            value: "shared",
            label: texts("domain.above_shared"),
            helpText: shared ? texts("domain.above_shared_help", sharedHelp) : texts("domain.above_none"),
            disabled: !shared && !shown.overflow,
          },
        ]}
        onChange={([value]) => save({ overflow: value === "shared" })}
        selected={[shown.overflow ? "shared" : "wait"]}
        title={texts("domain.above")}
      />
    </>
  );
}

/** What has just been chosen shows before it is saved. */
function pending({ formData }: { formData: FormData | undefined }): { established?: boolean; overflow?: boolean } {
  if (!formData) return {};
  return { established: formData.get("established") === "true", overflow: formData.get("overflow") === "true" };
}
