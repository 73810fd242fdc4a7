import { useCallback, useEffect, useState } from "preact/hooks";
import { host } from "./host.ts";
import { loadStatus, type StatusOutcome } from "./load-status.ts";
import { ShipmentCard } from "./shipment-card.tsx";
import { makeTranslate, type Translate } from "./translate.ts";

type View = { kind: "loading" } | StatusOutcome;

/** Everything about the parcels of the fulfillment that the host put us under. */
export function FulfillmentStatus() {
  const language = host().localization.language.value.isoCode;
  const translate = makeTranslate(host().i18n, language);
  const [view, reload] = useStatus(language);

  switch (view.kind) {
    case "loading":
      return <s-skeleton-paragraph content={translate("loading")} />;
    case "failed":
      return <Notice text={translate("errorText")} action={translate("retry")} onAction={reload} />;
    case "refused":
      return <Refused translate={translate} />;
    case "loaded":
      if (view.shipments.length === 0) return <s-text color="subdued">{translate("empty")}</s-text>;
      return (
        <s-stack direction="block" gap="base">
          {view.shipments.map((shipment, index) => (
            <ShipmentCard
              key={shipment.trackingNumber}
              shipment={shipment}
              number={index + 1}
              total={view.shipments.length}
              language={language}
              translate={translate}
            />
          ))}
        </s-stack>
      );
  }
}

/** A refusal has one cure that the visitor can try: to sign in. Who already did learns only that there is nothing to see. */
function Refused({ translate }: { translate: Translate }) {
  if (host().authenticationState.value === "fully_authenticated") {
    return <s-text color="subdued">{translate("unavailable")}</s-text>;
  }
  return (
    <Notice text={translate("signInText")} action={translate("signIn")} onAction={() => void host().requireLogin()} />
  );
}

function Notice({ text, action, onAction }: { text: string; action: string; onAction: () => void }) {
  return (
    <s-stack direction="block" gap="small-200" accessibilityRole="status">
      <s-text>{text}</s-text>
      <s-button variant="secondary" onClick={onAction}>
        {action}
      </s-button>
    </s-stack>
  );
}

/** Asks again when the order, the language or the sign-in state changes; answers that come too late are dropped. */
function useStatus(language: string): [View, () => void] {
  const [view, setView] = useState<View>({ kind: "loading" });
  const [attempt, setAttempt] = useState(0);
  const orderId = host().order.value?.id ?? null;
  const signedIn = host().authenticationState.value === "fully_authenticated";
  const checkoutToken = host().checkoutToken.value ?? null;

  useEffect(() => {
    let current = true;
    setView({ kind: "loading" });
    if (orderId === null) return;
    const request = {
      orderId,
      fulfillmentId: host().fulfillmentId,
      language,
      sessionToken: () => host().sessionToken.get(),
      orderSecret: signedIn ? null : checkoutToken,
    };
    void loadStatus(request).then((outcome) => {
      if (current) setView(outcome);
    });
    return () => {
      current = false;
    };
  }, [orderId, language, signedIn, checkoutToken, attempt]);

  return [view, useCallback(() => setAttempt((count) => count + 1), [])];
}
