import { createElement } from "react";
import { openPage, type ProxyAnswer, type ProxyDeps, type ProxyVisit, toAnswer } from "./answer-proxy.server.ts";
import { PreferencesPage, type PreferencesPageProps } from "./preferences-page.tsx";

export type ShownPreferences = Pick<PreferencesPageProps, "preference" | "medium" | "closed">;

export interface PreferenceView {
  /** Null when the link is not valid: nobody is told why. */
  preferences: ShownPreferences | null;
  token: string;
  manage: boolean;
  saved: boolean;
}

/** The page on which a shopper says what to be sent. */
export async function answerPreferences(
  deps: ProxyDeps,
  visit: ProxyVisit,
  { preferences, token, manage, saved }: PreferenceView,
): Promise<ProxyAnswer> {
  const page = await openPage(deps, visit);
  const { texts, brand } = page;
  const title = texts("preferences.title");
  if (!preferences)
    return toAnswer(page, createElement("p", null, texts("preferences.invalid")), { title, status: 404 });
  const action = `${visit.pathPrefix}/unsubscribe/${encodeURIComponent(token)}`;
  const props = { ...preferences, texts, action, manage, saved, shopName: brand.name };
  return toAnswer(page, createElement(PreferencesPage, props), { title });
}
