import { Outlet, useLocation, useNavigation } from "@remix-run/react";
import { BlockStack, Card, SkeletonBodyText, SkeletonDisplayText, SkeletonPage } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTexts } from "./texts.tsx";

/** A page that comes within this time needs no skeleton: two pictures in a row look like flicker. */
const PATIENCE_MS = 300;

/** The page, or the outline of the next one while it takes its time. */
export function PendingOutlet() {
  const navigation = useNavigation();
  const { pathname } = useLocation();
  const leaving = navigation.state === "loading" && navigation.location.pathname !== pathname;
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!leaving) return;
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [leaving]);
  return leaving && late ? <PageSkeleton /> : <Outlet />;
}

function PageSkeleton() {
  const texts = useTexts();
  return (
    <div aria-busy="true" aria-label={texts("common.loading")}>
      <SkeletonPage>
        <BlockStack gap="400">
          {[2, 5, 4].map((lines) => (
            <Card key={lines}>
              <BlockStack gap="400">
                <SkeletonDisplayText size="small" />
                <SkeletonBodyText lines={lines} />
              </BlockStack>
            </Card>
          ))}
        </BlockStack>
      </SkeletonPage>
    </div>
  );
}
