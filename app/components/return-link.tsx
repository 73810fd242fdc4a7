import { useSearchParams } from "@remix-run/react";
import { Box, Button } from "@shopify/polaris";
import { ArrowLeftIcon } from "@shopify/polaris-icons";
import { BareRow } from "./bare-row.tsx";
import { useTexts } from "./texts.tsx";

/** The lists of things to do whose items lead elsewhere: `?for=` in an address says which one somebody came from. */
const LISTS = { setup: "/app", live: "/app/messages/events" } as const;

/** An address that knows the way back to the list it was reached from. */
export const onBehalfOf = (list: keyof typeof LISTS, url: string): string => `${url}?for=${list}`;

/** Back to the list of things to do; nothing for who came by another way. */
export function ReturnLink() {
  const texts = useTexts();
  const [parameters] = useSearchParams();
  const list = parameters.get("for");
  if (list !== "setup" && list !== "live") return null;
  return (
    <Box paddingBlockEnd="400">
      <BareRow>
        <Button icon={ArrowLeftIcon} url={LISTS[list]}>
          {texts(`return.${list}`)}
        </Button>
      </BareRow>
    </Box>
  );
}
