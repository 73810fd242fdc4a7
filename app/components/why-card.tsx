import type { SerializeFrom } from "@remix-run/node";
import { Link, List, Text } from "@shopify/polaris";
import type { ParcelFacts, ParcelPage } from "#app/modules/shipments/read-parcel-page.server.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

interface WhyProps {
  parcel: SerializeFrom<ParcelFacts>;
  decidedBy: ParcelPage["decidedBy"];
}

/** Why the status is what it is: who said it, which rule understood it, and what is odd about the journey. */
export function WhyCard({ parcel, decidedBy }: WhyProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { moment } = useFormats();
  const reason = parcel.statusReason;
  const status = textOf("status", parcel.status, "status.unknown");
  return (
    <TitledCard gap="200" title={texts("why_status.title", { status })}>
      {!reason && <Text as="p">{texts("why_status.nothing")}</Text>}
      {reason && (
        <>
          <Text as="p">{textOf("why_status.source", reason.source)}</Text>
          {decidedBy?.description && <Text as="p">“{decidedBy.description}”</Text>}
          <Text as="p" tone="subdued">
            {textOf("rule", ruleKind(reason.rule))} {reason.rule.includes(":") && `(${ruleValue(reason.rule)})`}
          </Text>
        </>
      )}
      {parcel.subStatus && (
        <Text as="p">{texts("why_status.detail", { detail: textOf("sub", parcel.subStatus) })}</Text>
      )}
      <Text as="p" tone="subdued">
        {texts("why_status.since", { when: moment(parcel.statusSince) })}
      </Text>
      {parcel.flags.length > 0 && (
        <List>
          {parcel.flags.map((flag) => (
            <List.Item key={flag}>
              {textOf("flag", flag)}{" "}
              {flag === "unknownCode" && <Link url="/app/settings/carriers/codes">{texts("codes.title")}</Link>}
            </List.Item>
          ))}
        </List>
      )}
    </TitledCard>
  );
}

/** "text:delivered" → "text"; every other kind names the carrier code that was understood. */
function ruleKind(rule: string): string {
  const kind = rule.split(":")[0] ?? "";
  if (["type", "text", "mapped", "top", "pieces", "shopify", "silence"].includes(kind)) return kind;
  // Of a carrier whose words are its codes.
  if (kind === "words") return "text";
  return rule.includes(":") ? "code" : "other";
}

function ruleValue(rule: string): string {
  return rule.slice(rule.indexOf(":") + 1).slice(0, 60);
}
