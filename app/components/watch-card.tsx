import { useFetcher } from "@remix-run/react";
import type { SerializeFrom } from "@remix-run/node";
import { Banner, BlockStack, Button, Text } from "@shopify/polaris";
import { useEffect } from "react";
import type { ParcelFacts } from "#app/modules/shipments/read-parcel-page.server.ts";
import { showToast } from "./app-bridge.ts";
import { useFormats } from "./formats.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

interface WatchProps {
  parcel: SerializeFrom<ParcelFacts>;
  now: string;
  /** Names of those who do not know the number. */
  givenUp: readonly string[];
}

/** When the carrier was asked, when it is asked next, and what went wrong. Old news is never shown as fresh. */
export function WatchCard({ parcel, now, givenUp }: WatchProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const { ago, moment } = useFormats();
  const { lastCheckAt, nextCheckAt, checkProblem, stopReason, pushUntil } = parcel;
  return (
    <TitledCard gap="300" title={texts("watch.title")}>
      <Text as="p">{lastCheckAt ? texts("watch.last", { when: ago(lastCheckAt, now) }) : texts("watch.never")}</Text>
      <Text as="p">
        {nextCheckAt
          ? texts("watch.next", { when: nextCheckAt <= now ? texts("watch.now") : ago(nextCheckAt, now) })
          : textOf("stop", stopReason ?? "unknown", "stop.unknown")}
      </Text>
      {pushUntil && pushUntil > now && (
        <Text as="p" tone="subdued">
          {texts("watch.push")}
        </Text>
      )}
      {givenUp.map((carrier) => (
        <Text as="p" tone="subdued" key={carrier}>
          {texts("watch.given_up", { carrier })}
        </Text>
      ))}
      {checkProblem && (
        <Banner tone="warning">
          <p>
            {textOf("check_problem", checkProblem.kind, "check_problem.unknown")}{" "}
            {texts("watch.problem_said", { message: checkProblem.message, when: moment(checkProblem.at) })}
          </p>
        </Banner>
      )}
      {parcel.lifecycle === "active" && <CheckNow />}
    </TitledCard>
  );
}

function CheckNow() {
  const texts = useTexts();
  const textOf = useTextOf();
  const fetcher = useFetcher<{ kind: string }>();
  const { data } = fetcher;
  useEffect(() => {
    if (data?.kind === "queued") showToast(texts("retrack.queued"));
  }, [data, texts]);
  const refused = data && data.kind !== "queued" && fetcher.state === "idle";
  return (
    <BlockStack gap="100" inlineAlign="start">
      <Button loading={fetcher.state !== "idle"} onClick={() => fetcher.submit({}, { method: "post" })}>
        {texts("watch.check_now")}
      </Button>
      {refused && (
        <Text as="p" tone="subdued">
          {textOf("retrack", data.kind, "problem.title")}
        </Text>
      )}
    </BlockStack>
  );
}
