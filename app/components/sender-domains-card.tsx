import { useFetcher, useRevalidator } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { Banner, Button, FormLayout, Select, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { ListedDomain } from "#app/modules/notifications/list-sender-domains.server.ts";
import { showToast } from "./app-bridge.ts";
import { type DomainReply, SenderDomainItem } from "./sender-domain-item.tsx";
import type { TrialSenderProps } from "./sender-warm-up.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";
import { useAnswer } from "./use-answer.ts";

interface SenderDomainsProps {
  /** The chosen domain, saved or not. */
  chosen: string;
  onUse(domain: string): void;
  trial: TrialSenderProps;
  domains: readonly SerializeFrom<ListedDomain>[];
  canManage: boolean;
  now: string;
}

const REGIONS = ["us-east-1", "eu-west-1", "sa-east-1", "ap-northeast-1"] as const;
/** Who has just set DNS records watches this page. */
const LOOK_EVERY_MS = 4_000;
const LOOKS = 45;

/** The domains the shop may send from, each with what is to be set at the DNS provider; and a new one. */
export function SenderDomainsCard({ domains, canManage, chosen, onUse, trial, now }: SenderDomainsProps) {
  const texts = useTexts();
  useFreshStates(domains.some(({ state }) => state !== "verified" && state !== "not_started"));
  return (
    <TitledCard text={texts("domain.text")} title={texts("domain.title")}>
      {!canManage && (
        <Banner tone="info">
          <p>{texts("domain.no_key")}</p>
        </Banner>
      )}
      {domains.map((domain) => (
        <SenderDomainItem
          canManage={canManage}
          domain={domain}
          key={domain.id}
          now={now}
          trial={trial}
          used={domain.name === chosen}
          onUse={onUse}
        />
      ))}
      {canManage && <AddDomain first={domains.length === 0} />}
    </TitledCard>
  );
}

/** While a look at the DNS is under way the page reads the state again, for a few minutes. */
function useFreshStates(waiting: boolean): void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!waiting) return;
    let looks = 0;
    const timer = setInterval(() => {
      looks += 1;
      if (looks > LOOKS) clearInterval(timer);
      else if (document.visibilityState === "visible") revalidate();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [waiting, revalidate]);
}

function AddDomain({ first }: { first: boolean }) {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<DomainReply>();
  const [open, setOpen] = useState(first);
  const [name, setName] = useState("");
  const [region, setRegion] = useState<string>("us-east-1");
  const [problem, setProblem] = useState<string | null>(null);
  useAnswer(fetcher, ({ kind, message }) => {
    if (kind !== "added" && kind !== "checked") return setProblem(message || textOf("domain_answer", kind));
    showToast(texts("domain_answer.added"));
    setName("");
    setOpen(false);
  });
  if (!open) {
    return (
      <div>
        <Button onClick={() => setOpen(true)}>{texts("domain.add")}</Button>
      </div>
    );
  }
  const add = () => fetcher.submit({ intent: "add", name, region }, { method: "post" });
  return (
    <FormLayout>
      <FormLayout.Group>
        <TextField
          autoComplete="off"
          helpText={texts("domain.name_help")}
          label={texts("domain.name")}
          maxLength={253}
          name="domainName"
          onChange={(value) => {
            setName(value);
            setProblem(null);
          }}
          placeholder="ship.example.com"
          value={name}
          {...(problem ? { error: problem } : {})}
        />
        <Select
          helpText={texts("domain.region_help")}
          label={texts("domain.region")}
          onChange={setRegion}
          options={REGIONS.map((value) => ({ value, label: texts(`region.${value}`) }))}
          value={region}
        />
      </FormLayout.Group>
      <Button disabled={!name.trim()} loading={fetcher.state !== "idle"} onClick={add} variant="primary">
        {texts("domain.add")}
      </Button>
    </FormLayout>
  );
}
