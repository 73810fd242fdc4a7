import type { StorefrontTexts } from "./storefront-texts.ts";

export interface PreferencesPageProps {
  texts: StorefrontTexts;
  shopName: string;
  /** This page's own path on the storefront. */
  action: string;
  preference: "everything" | "orders_only" | "nothing";
  medium: "email" | "phone";
  /** Only the shop can lift what stands in the way. */
  closed: boolean;
  /** Shows every choice instead of the one button. */
  manage: boolean;
  /** It was just changed. */
  saved: boolean;
}

const CHOICES = ["everything", "orders_only", "nothing"] as const;

/** What the reader of a message is sent: one button that stops advertising, and every choice behind a link. No scripts. */
export function PreferencesPage(props: PreferencesPageProps) {
  const { texts, shopName, saved, closed, manage, preference } = props;
  const done = preference !== "everything";
  return (
    <>
      <h1>{texts(manage ? "preferences.title" : "unsubscribe.title")}</h1>
      {saved && (
        <p className="doorstep-note" role="status">
          {texts(`preferences.now_${preference}`, { shop: shopName })}
        </p>
      )}
      {closed ? (
        <p>{texts("preferences.closed", { shop: shopName })}</p>
      ) : manage ? (
        <Choices {...props} />
      ) : (
        <OneButton {...props} done={done} />
      )}
    </>
  );
}

function OneButton({ texts, shopName, action, preference, saved, done }: PreferencesPageProps & { done: boolean }) {
  return (
    <>
      {!saved && <p>{texts(done ? `preferences.now_${preference}` : "unsubscribe.intro", { shop: shopName })}</p>}
      {!done && (
        <form action={action} method="post">
          <button name="choice" type="submit" value="orders_only">
            {texts("unsubscribe.button")}
          </button>
        </form>
      )}
      <p className="doorstep-muted doorstep-after">
        <a href={`${action}?manage=1`}>{texts("unsubscribe.manage")}</a>
      </p>
    </>
  );
}

function Choices({ texts, shopName, action, preference }: PreferencesPageProps) {
  return (
    <form action={`${action}?manage=1`} method="post">
      <fieldset className="doorstep-choices">
        <legend>{texts("preferences.question", { shop: shopName })}</legend>
        {CHOICES.map((choice) => (
          <label key={choice}>
            <input defaultChecked={choice === preference} name="choice" type="radio" value={choice} />
            <span>
              {texts(`preferences.${choice}`)}
              <span className="doorstep-muted">{texts(`preferences.${choice}_text`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button type="submit">{texts("preferences.save")}</button>
    </form>
  );
}
