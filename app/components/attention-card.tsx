import { BlockStack, Box, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { EmptyNote } from "./empty-note.tsx";
import { useFormats } from "./formats.ts";
import { StatusBadge } from "./status-badge.tsx";
import { useTexts } from "./texts.tsx";

type AttentionReason =
  "attempted" | "exception" | "returned" | "suspected_lost" | "delayed" | "delay_predicted" | "stalled" | "unscanned";

interface AttentionProps {
  items: readonly {
    id: string;
    orderName: string;
    status: string;
    statusSince: string;
    trackingNumber: string;
    reason: AttentionReason;
  }[];
  /** Parcels in trouble altogether. */
  total: number;
  refused: readonly { id: string; label: string; carrier: string }[];
  failedDeliveries: number;
  unshipped: { count: number; orders: readonly { name: string }[] };
  untracked: { count: number; orders: readonly { orderId: string; name: string; placedAt: string }[] };
  now: string;
}

/** The one list of the day: what somebody should look at, the most urgent first. */
export function AttentionCard(props: AttentionProps) {
  const texts = useTexts();
  const { items, total, refused, failedDeliveries, unshipped, untracked } = props;
  const empty = !items.length && !refused.length && !failedDeliveries && !unshipped.count && !untracked.count;
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingMd">
            {texts("attention.title")}
          </Text>
          {total > 0 && <Link url="/app/shipments?tab=attention">{texts("attention.all")}</Link>}
        </InlineStack>
      </Box>
      {empty ? (
        <EmptyNote heading={texts("attention.none_title")} text={texts("attention.none_text")} />
      ) : (
        <Rows {...props} />
      )}
    </Card>
  );
}

function Rows({ items, refused, failedDeliveries, unshipped, untracked, now }: AttentionProps) {
  const texts = useTexts();
  const { ago, number } = useFormats();
  return (
    <div>
      {refused.map(({ id, label }) => (
        <Row key={id} text={texts("attention.refused_text")} title={label} to={`/app/settings/carriers/${id}`} />
      ))}
      {failedDeliveries > 0 && (
        <Row
          text={texts("attention.deliveries_text")}
          title={texts("attention.deliveries", { count: failedDeliveries })}
          to="/app/deliveries"
        />
      )}
      {unshipped.count > 0 && (
        <Row
          text={namesOf(unshipped, (count) => texts("unshipped.more", { count: number(count) }))}
          title={texts("unshipped.link", { count: number(unshipped.count) })}
          to="/app/orders"
        />
      )}
      {items.map((item) => (
        <Row
          badge={item.status}
          key={`${item.reason}${item.id}`}
          text={`${texts(`attention.${item.reason}`)} · ${ago(item.statusSince, now)}`}
          title={item.orderName}
          to={`/app/shipments/${item.id}`}
        />
      ))}
      {untracked.count > 0 && (
        <Row
          text={untracked.orders.map(({ name }) => name).join(", ")}
          title={texts("attention.untracked", { count: number(untracked.count) })}
          to={null}
        />
      )}
    </div>
  );
}

/** The first few by name, and how many more. */
function namesOf({ count, orders }: AttentionProps["unshipped"], more: (count: number) => string): string {
  const names = orders.map(({ name }) => name).join(", ");
  return count > orders.length ? `${names} ${more(count - orders.length)}` : names;
}

interface RowProps {
  title: string;
  text: string;
  to: string | null;
  badge?: string;
}

function Row({ title, text, to, badge }: RowProps) {
  return (
    <Box borderBlockStartWidth="025" borderColor="border" padding="400">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack gap="050">
          <Text as="h3" fontWeight="semibold">
            {to ? <Link url={to}>{title}</Link> : title}
          </Text>
          <Text as="p" tone="subdued">
            {text}
          </Text>
        </BlockStack>
        {badge && <StatusBadge status={badge} />}
      </InlineStack>
    </Box>
  );
}
