import type { SerializeFrom } from "@remix-run/node";
import { BlockStack, Box, InlineStack, Link, ProgressBar, Text } from "@shopify/polaris";
import { AccountBadge } from "./account-badge.tsx";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";

/** One account as its row shows it. */
export interface ListedAccount extends AnswerTimes {
  id: string;
  name: string;
  carrierName: string;
  status: string;
  statusReason: string | null;
  following: number;
  /** It follows at least that many. */
  followsMore: boolean;
  askedToday: number;
  /** Questions a day that the carrier allows; null when it sets no limit. */
  perDay: number | null;
}

export interface AnswerTimes {
  lastAnswerAt: Date | null;
  lastFaultAt: Date | null;
  lastFault: string | null;
}

/** Whether it works, when it last answered, how much of today's budget is used, and what it is used for. */
export function AccountSummary({ account, now }: { account: SerializeFrom<ListedAccount>; now: string }) {
  const texts = useTexts();
  const health = useLastAnswer(account, now);
  const following = useFollowing(account);
  return (
    <Box minWidth="0">
      <BlockStack gap="100">
        <InlineStack align="start" blockAlign="center" gap="200">
          <Text as="h3" variant="headingSm">
            <Link removeUnderline url={`/app/settings/carriers/${account.id}`}>
              {account.name}
            </Link>
          </Text>
          <AccountBadge status={account.status} />
        </InlineStack>
        {account.status === "auth_failed" && account.statusReason && (
          <Text as="p" tone="critical">
            {texts("carriers.said", { message: account.statusReason })}
          </Text>
        )}
        <Text as="p" tone="subdued">
          {[...(account.name === account.carrierName ? [] : [account.carrierName]), health, ...following].join(" · ")}
        </Text>
        <Budget id={`budget-${account.id}`} perDay={account.perDay} used={account.askedToday} />
      </BlockStack>
    </Box>
  );
}

/** Nothing where not even a least number is known. */
function useFollowing({ following, followsMore }: Pick<ListedAccount, "following" | "followsMore">): string[] {
  const texts = useTexts();
  if (!followsMore) return [texts("carriers.following", { count: following })];
  return following === 0 ? [] : [texts("carriers.following_more", { count: following })];
}

/** The newest of its answers and faults, in words. */
export function useLastAnswer({ lastAnswerAt, lastFaultAt, lastFault }: SerializeFrom<AnswerTimes>, now: string) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { ago } = useFormats();
  const isDown = lastFault && lastFaultAt && (!lastAnswerAt || lastFaultAt > lastAnswerAt);
  const answered = lastAnswerAt
    ? texts("carriers.answered", { when: ago(lastAnswerAt, now) })
    : texts("carriers.never_asked");
  if (!isDown) return answered;
  const fault = `${textOf("carriers.fault", lastFault, "carriers.fault.server")} (${ago(lastFaultAt, now)})`;
  return lastAnswerAt ? `${fault} · ${answered}` : fault;
}

function Budget({ id, used, perDay }: { id: string; used: number; perDay: number | null }) {
  const texts = useTexts();
  if (perDay === null) return null;
  const words = texts("carriers.budget", { used, allowed: perDay });
  const share = Math.min(100, Math.round((used / perDay) * 100));
  return (
    <InlineStack align="start" blockAlign="center" gap="200">
      <Box minWidth="8rem">
        <ProgressBar ariaLabelledBy={id} progress={share} size="small" tone={share >= 90 ? "critical" : "primary"} />
      </Box>
      <Text as="p" id={id} tone="subdued" variant="bodySm">
        {words}
      </Text>
    </InlineStack>
  );
}
