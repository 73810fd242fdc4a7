import { Badge } from "@shopify/polaris";
import { useTextOf } from "./texts.tsx";

/** From this chance of being late on, a parcel is one to watch; what is worse has a name of its own. */
const AT_RISK = 0.3;
/** The gravest first: one badge is enough. */
const KINDS = ["suspected_lost", "delayed", "delay_predicted", "stalled", "label_unscanned"];
const ENDED = ["delivered", "cancelled", "expired", "return_to_sender"];

interface RiskBadgeProps {
  status: string;
  troubleKinds: readonly string[];
  lateProbability: number | null;
}

/** What may go wrong with a parcel, in one word; nothing for one that is well or has ended. */
export function RiskBadge({ status, troubleKinds, lateProbability }: RiskBadgeProps) {
  const textOf = useTextOf();
  if (ENDED.includes(status)) return null;
  const kind = KINDS.find((name) => troubleKinds.includes(name));
  if (kind) return <Badge tone="warning">{textOf("risk", kind)}</Badge>;
  if (lateProbability === null || lateProbability < AT_RISK) return null;
  return <Badge tone="attention">{textOf("risk", "at_risk")}</Badge>;
}
