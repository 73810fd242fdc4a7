import { isRouteErrorResponse } from "@remix-run/react";
import { Banner, Page } from "@shopify/polaris";
import { useTexts } from "./texts.tsx";

/** What is shown instead of a page that could not be made. */
export function ErrorPage({ error }: { error: unknown }) {
  const texts = useTexts();
  // Shopify's library leaves the frame with a little page of its own.
  if (isRouteErrorResponse(error) && typeof error.data === "string" && error.data.includes("<script")) {
    return <div dangerouslySetInnerHTML={{ __html: error.data }} />;
  }
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <Page
      backAction={{ content: texts("home.title"), url: "/app" }}
      title={texts(missing ? "problem.missing_title" : "problem.title")}
    >
      <Banner tone={missing ? "info" : "critical"}>
        <p>{texts(missing ? "problem.missing_text" : "problem.text")}</p>
      </Banner>
    </Page>
  );
}
