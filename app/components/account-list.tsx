import { useFetcher } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, Button, ButtonGroup, Card, Icon, InlineStack, Text } from "@shopify/polaris";
import { ArrowDownIcon, ArrowUpIcon, DragHandleIcon } from "@shopify/polaris-icons";
import { type DragEvent, useState } from "react";
import { showToast } from "./app-bridge.ts";
import { AccountSummary, type ListedAccount } from "./account-summary.tsx";
import { EmptyNote } from "./empty-note.tsx";
import { useTexts } from "./texts.tsx";
import { type AccountOrder, useAccountOrder } from "./use-account-order.ts";
import { useAnswer } from "./use-answer.ts";

interface AccountListProps {
  accounts: readonly SerializeFrom<ListedAccount>[];
  now: string;
}

/** The shop's accounts in the order in which they are asked; moved by their buttons, by keyboard or by dragging. */
export function AccountList({ accounts, now }: AccountListProps) {
  const texts = useTexts();
  const fetcher = useFetcher<{ kind: string }>();
  const order = useAccountOrder(accounts, (accountIds) =>
    fetcher.submit({ intent: "order", accountIds: accountIds.join(",") }, { method: "post" }),
  );
  useAnswer(fetcher, ({ kind }) => {
    if (kind === "stale") showToast(texts("carriers.order_stale"));
  });
  if (accounts.length === 0) {
    return (
      <Card padding="0">
        <EmptyNote heading={texts("carriers.empty")} text={texts("carriers.empty_text")} />
      </Card>
    );
  }
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {texts("carriers.accounts")}
          </Text>
          {accounts.length > 1 && (
            <Text as="p" tone="subdued">
              {texts("carriers.order_text")}
            </Text>
          )}
        </BlockStack>
      </Box>
      {order.items.map((account, place) => (
        <AccountRow account={account} key={account.id} now={now} order={order} place={place} />
      ))}
      <div aria-live="polite" className="Polaris-Text--visuallyHidden">
        {order.said}
      </div>
    </Card>
  );
}

interface AccountRowProps {
  account: SerializeFrom<ListedAccount>;
  now: string;
  order: AccountOrder<SerializeFrom<ListedAccount>>;
  place: number;
}

function AccountRow({ account, now, order, place }: AccountRowProps) {
  const [over, setOver] = useState(false);
  const movable = order.items.length > 1;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    order.move(event.dataTransfer.getData("text/plain"), place);
  };
  return (
    <div
      draggable={movable}
      onDragLeave={() => setOver(false)}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragStart={(event) => event.dataTransfer.setData("text/plain", account.id)}
      onDrop={drop}
    >
      <Box
        background={over ? "bg-surface-hover" : "bg-surface"}
        borderBlockStartWidth="025"
        borderColor="border"
        padding="400"
      >
        <InlineStack align="space-between" blockAlign="start" gap="300" wrap={false}>
          <AccountSummary account={account} now={now} />
          {movable && <MoveButtons account={account} order={order} place={place} />}
        </InlineStack>
      </Box>
    </div>
  );
}

function MoveButtons({ account, order, place }: Omit<AccountRowProps, "now">) {
  const texts = useTexts();
  const { name } = account;
  return (
    <InlineStack blockAlign="center" gap="100" wrap={false}>
      <ButtonGroup variant="segmented">
        <Button
          accessibilityLabel={texts("carriers.move_up", { name })}
          disabled={place === 0}
          icon={ArrowUpIcon}
          id={order.buttonId(account.id, "up")}
          onClick={() => order.move(account.id, place - 1, "up")}
        />
        <Button
          accessibilityLabel={texts("carriers.move_down", { name })}
          disabled={place === order.items.length - 1}
          icon={ArrowDownIcon}
          id={order.buttonId(account.id, "down")}
          onClick={() => order.move(account.id, place + 1, "down")}
        />
      </ButtonGroup>
      <span style={{ cursor: "grab" }} title={texts("carriers.drag")}>
        <Icon source={DragHandleIcon} tone="subdued" />
      </span>
    </InlineStack>
  );
}
