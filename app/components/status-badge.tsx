import { Badge, type BadgeProps } from "@shopify/polaris";
import { useTextOf } from "./texts.tsx";

type Tone = NonNullable<BadgeProps["tone"]>;
type Progress = NonNullable<BadgeProps["progress"]>;

/** Red is for nothing but errors and destructive actions, so a parcel in trouble is a warning. */
const LOOKS: Readonly<Record<string, { tone?: Tone; progress: Progress }>> = {
  unknown: { progress: "incomplete" },
  pre_transit: { progress: "incomplete" },
  in_transit: { tone: "info", progress: "partiallyComplete" },
  out_for_delivery: { tone: "info", progress: "partiallyComplete" },
  available_for_pickup: { tone: "attention", progress: "partiallyComplete" },
  delivery_attempted: { tone: "warning", progress: "partiallyComplete" },
  delivered: { tone: "success", progress: "complete" },
  exception: { tone: "warning", progress: "partiallyComplete" },
  return_to_sender: { tone: "warning", progress: "partiallyComplete" },
  cancelled: { progress: "complete" },
  expired: { progress: "complete" },
};

/** One of the eleven states, in words, colour and fill: never by colour alone. */
export function StatusBadge({ status }: { status: string }) {
  const textOf = useTextOf();
  return <Badge {...LOOKS[status]}>{textOf("status", status, "status.unknown")}</Badge>;
}

const MESSAGE_TONES: Readonly<Record<string, Tone>> = {
  sent: "success",
  queued: "info",
  sending: "info",
  failed: "critical",
  unknown: "warning",
};

export function MessageBadge({ state }: { state: string }) {
  const textOf = useTextOf();
  const tone = MESSAGE_TONES[state];
  return <Badge {...(tone ? { tone } : {})}>{textOf("message.state", state)}</Badge>;
}

const DELIVERY_TONES: Readonly<Record<string, Tone>> = {
  sent: "success",
  delivered: "success",
  opened: "success",
  clicked: "success",
  delayed: "attention",
  suppressed: "warning",
  failed: "warning",
  bounced: "warning",
  complained: "critical",
};

/** What the provider said last about a message, by how much it says. */
export function DeliveryBadge({ delivery }: { delivery: string }) {
  const textOf = useTextOf();
  const tone = DELIVERY_TONES[delivery];
  return <Badge {...(tone ? { tone } : {})}>{textOf("delivery", delivery)}</Badge>;
}
