import { Box } from "@shopify/polaris";
import type { ReactNode } from "react";

/** What lies on a page outside of its cards: on a phone, where pages have no margin, it keeps its distance from the edge. */
export function BareRow({ maxWidth = "none", children }: { maxWidth?: string; children: ReactNode }) {
  return (
    <Box maxWidth={maxWidth} paddingInline={{ xs: "400", sm: "0" }}>
      {children}
    </Box>
  );
}
