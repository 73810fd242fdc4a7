import type { StorefrontKey, StorefrontTexts } from "./storefront-texts.ts";

export interface LookUpPageProps {
  texts: StorefrontTexts;
  /** Where the form is sent: this page's own path on the storefront. */
  action: string;
  orderExample: string;
  /** What was typed, to be kept after a miss. */
  number: string;
  email: string;
  problem: Extract<StorefrontKey, "lookup.missed" | "lookup.limited" | "lookup.empty" | "lookup.expired"> | null;
}

/** The look-up form: an ordinary form, so that it works without JavaScript. */
export function LookUpPage({ texts, action, orderExample, number, email, problem }: LookUpPageProps) {
  const invalid = problem === "lookup.missed" || problem === "lookup.empty";
  return (
    <>
      <h1>{texts("lookup.title")}</h1>
      <p>{texts("lookup.intro")}</p>
      {problem && (
        <p className="doorstep-alert" id="doorstep-problem" role="alert">
          {texts(problem)}
        </p>
      )}
      <form action={action} method="post">
        <input name="locale" type="hidden" value={texts.locale} />
        <label htmlFor="doorstep-order">{texts("lookup.order")}</label>
        <input
          aria-describedby={`doorstep-order-hint${problem ? " doorstep-problem" : ""}`}
          aria-invalid={invalid || undefined}
          autoComplete="off"
          defaultValue={number}
          id="doorstep-order"
          maxLength={100}
          name="order"
          required
          type="text"
        />
        <p className="doorstep-muted" id="doorstep-order-hint">
          {texts("lookup.order_hint", { example: orderExample })}
        </p>
        <label htmlFor="doorstep-email">{texts("lookup.email")}</label>
        <input
          aria-describedby="doorstep-email-hint"
          autoComplete="email"
          defaultValue={email}
          id="doorstep-email"
          maxLength={254}
          name="email"
          type="email"
        />
        <p className="doorstep-muted" id="doorstep-email-hint">
          {texts("lookup.email_hint")}
        </p>
        <button type="submit">{texts("lookup.submit")}</button>
      </form>
    </>
  );
}
