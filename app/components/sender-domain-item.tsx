import { useFetcher } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { Badge, type BadgeProps, Banner, BlockStack, Box, Button, InlineStack, Text } from "@shopify/polaris";
import { useState } from "react";
import type { ListedDomain } from "#app/modules/notifications/list-sender-domains.server.ts";
import { showToast } from "./app-bridge.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { DnsRecordTable } from "./dns-record-table.tsx";
import { SenderWarmUp, type TrialSenderProps } from "./sender-warm-up.tsx";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { useAnswer } from "./use-answer.ts";

type Domain = SerializeFrom<ListedDomain>;

/** What the sender's page answers to a wish about a domain. */
export interface DomainReply {
  kind: string;
  message?: string;
}

const TONES: Readonly<Record<string, NonNullable<BadgeProps["tone"]>>> = {
  verified: "success",
  pending: "info",
  partially_verified: "attention",
  failed: "warning",
  partially_failed: "warning",
};

interface SenderDomainItemProps {
  domain: Domain;
  canManage: boolean;
  trial: TrialSenderProps;
  now: string;
  used: boolean;
  onUse(domain: string): void;
}

/** One domain: how it stands, what is to be done next, its DNS records, and how warm it is. */
export function SenderDomainItem({ domain, canManage, trial, now, used, onUse }: SenderDomainItemProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { ago } = useFormats();
  const tone = TONES[domain.state];
  const verified = domain.state === "verified";
  const [wanted, setWanted] = useState<boolean | null>(null);
  // Records that are found need no room any more.
  const shown = wanted ?? !verified;
  return (
    <Box borderColor="border" borderRadius="200" borderWidth="025" padding="400">
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack blockAlign="center" gap="200">
            <Text as="h3" breakWord variant="headingSm">
              {domain.name}
            </Text>
            <Badge {...(tone ? { tone } : {})}>{texts(`domain_state.${domain.state}`)}</Badge>
          </InlineStack>
          {canManage && <DomainButtons domain={domain} />}
        </InlineStack>
        {domain.problem && (
          <Banner tone="critical">
            <p>{textOf("domain_problem", domain.problem)}</p>
          </Banner>
        )}
        <Text as="p" tone="subdued">
          {verified ? domain.warmUp.limit === null && texts("domain.warm_done") : texts("domain.next")}{" "}
          {domain.checkedAt
            ? texts("domain.checked", { when: ago(domain.checkedAt, now) })
            : texts("domain.not_checked")}
        </Text>
        {verified && !used && (
          <Banner action={{ content: texts("domain.use"), onAction: () => onUse(domain.name) }} tone="info">
            <p>{texts("domain.use_text")}</p>
          </Banner>
        )}
        {verified && <SenderWarmUp domain={domain} trial={trial} />}
        {verified && (
          <div>
            <Button ariaExpanded={shown} onClick={() => setWanted(!shown)} variant="plain">
              {texts(shown ? "domain.hide_records" : "domain.show_records")}
            </Button>
          </div>
        )}
        {shown && <DnsRecordTable domain={domain.name} records={domain.records} />}
      </BlockStack>
    </Box>
  );
}

function DomainButtons({ domain }: { domain: Domain }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<DomainReply>();
  const [asking, setAsking] = useState(false);
  useAnswer(fetcher, ({ kind, message }) => {
    setAsking(false);
    showToast(message || textOf("domain_answer", kind));
  });
  const send = (intent: string) => fetcher.submit({ intent, domainId: domain.id }, { method: "post" });
  const busy = fetcher.state !== "idle";
  return (
    <InlineStack gap="200">
      <Button
        accessibilityLabel={`${texts("domain.check")}: ${domain.name}`}
        loading={busy && !asking}
        onClick={() => send("check")}
      >
        {texts("domain.check")}
      </Button>
      <Button
        accessibilityLabel={`${texts("domain.remove")}: ${domain.name}`}
        onClick={() => setAsking(true)}
        tone="critical"
        variant="plain"
      >
        {texts("domain.remove")}
      </Button>
      <ConfirmDialog
        busy={busy}
        close={() => setAsking(false)}
        label={texts("domain.remove")}
        onConfirm={() => send("remove")}
        open={asking}
        text={texts("domain.remove_text")}
        title={texts("domain.remove_title", { name: domain.name })}
      />
    </InlineStack>
  );
}
