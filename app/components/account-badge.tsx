import { Badge } from "@shopify/polaris";
import { useTextOf } from "./texts.tsx";

/** Whether a carrier account works. */
export function AccountBadge({ status }: { status: string }) {
  const textOf = useTextOf();
  const tone = status === "active" ? "success" : status === "auth_failed" ? "critical" : undefined;
  return <Badge {...(tone ? { tone } : {})}>{textOf("account", status)}</Badge>;
}
