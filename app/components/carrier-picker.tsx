import { BlockStack, Box, Button, InlineGrid, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { groupCarriers, type OfferedCarrier } from "./group-carriers.ts";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";

interface CarrierPickerProps {
  carriers: readonly OfferedCarrier[];
  /** Recent parcels whose carrier cannot be connected directly. */
  unserved: number;
}

/** Everything that can be connected: what this shop ships with first, the rest by where it delivers, found by its name. */
export function CarrierPicker({ carriers, unserved }: CarrierPickerProps) {
  const texts = useTexts();
  const textOf = useTextOf();
  const [search, setSearch] = useState("");
  const found = groupCarriers(carriers, search);
  // Whoever finds nothing is helped by those that know hundreds of carriers.
  const groups = found.length > 0 ? found : groupCarriers(carriers.filter(isService), "");
  return (
    <TitledCard title={texts("carriers.connect_title")}>
      <TextField
        autoComplete="off"
        clearButton
        label={texts("carriers.find")}
        labelHidden
        onChange={setSearch}
        onClearButtonClick={() => setSearch("")}
        placeholder={texts("carriers.find")}
        type="search"
        value={search}
      />
      <div aria-live="polite">
        {found.length === 0 && (
          <BlockStack gap="050">
            <Text as="p" fontWeight="semibold">
              {texts("carriers.none_found", { search: search.trim() })}
            </Text>
            <Text as="p" tone="subdued">
              {texts("carriers.none_found_text")}
            </Text>
          </BlockStack>
        )}
      </div>
      {groups.map(({ name, members }) => (
        <BlockStack gap="200" key={name}>
          <Text as="h3" variant="headingSm">
            {textOf("carriers.group", name)}
          </Text>
          {name === "aggregator" && unserved > 0 && members.every(({ connected }) => connected === 0) && (
            <Text as="p" tone="subdued">
              {texts("carriers.unserved", { count: unserved })}
            </Text>
          )}
          <InlineGrid columns={{ xs: 1, md: 2 }} gap="200">
            {members.map((carrier) => (
              <Offer carrier={carrier} key={carrier.id} />
            ))}
          </InlineGrid>
        </BlockStack>
      ))}
    </TitledCard>
  );
}

function isService({ kind }: OfferedCarrier): boolean {
  return kind === "aggregator";
}

function Offer({ carrier }: { carrier: OfferedCarrier }) {
  const texts = useTexts();
  const { id, name, share, connected } = carrier;
  const facts = [
    ...(share > 0 ? [texts("carriers.share", { count: share })] : []),
    ...(connected > 0 ? [texts("carriers.connected_times", { count: connected })] : []),
  ];
  return (
    <Box borderColor="border" borderRadius="200" borderWidth="025" padding="300">
      <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
        <BlockStack gap="050">
          <Text as="p" fontWeight="semibold">
            {name}
          </Text>
          {facts.length > 0 && (
            <Text as="p" tone="subdued" variant="bodySm">
              {facts.join(" · ")}
            </Text>
          )}
        </BlockStack>
        <Button
          accessibilityLabel={texts("carriers.connect_one", { carrier: name })}
          url={`/app/settings/carriers/new/${id}`}
        >
          {texts("carriers.connect")}
        </Button>
      </InlineStack>
    </Box>
  );
}
