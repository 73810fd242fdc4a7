import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import type { CredentialField } from "#app/modules/carriers/carrier.ts";
import { SettingsField } from "./settings-field.tsx";
import { type AdminKey, useTextOf, useTexts } from "./texts.tsx";
import type { FormAnswer, SettingsFormState } from "./use-settings-form.ts";

interface CarrierFormProps {
  carrier: { id: string; name: string; fields: readonly CredentialField[] };
  form: SettingsFormState<Record<string, string>>;
  /** True for an account that exists: its secrets are never shown, and empty fields mean "type them anew". */
  replacing?: boolean;
}

/** The credentials that a carrier asks for, each with where to find it, and a button that tries them. */
export function CarrierForm({ carrier, form, replacing = false }: CarrierFormProps) {
  const texts = useTexts();
  const test = useFetcher<FormAnswer>();
  const answer = test.state === "idle" ? test.data : undefined;
  const problems = answer?.problems ?? {};
  const shown: SettingsFormState<Record<string, string>> = {
    ...form,
    problem: (name) => form.problem(name) ?? fault(problems[name]),
  };
  const textOf = useTextOf();
  const fault = (name: string | undefined) => (name ? textOf("problem_in", name, "problem_in.invalid") : undefined);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {texts(replacing ? "carriers.replace_title" : "carriers.credentials")}
          </Text>
          <Text as="p" tone="subdued">
            {textOf("carriers.help", carrier.id, "carriers.help.other")}
          </Text>
        </BlockStack>
        <SettingsField
          form={shown}
          help="carriers.label_help"
          label="carriers.label"
          maxLength={80}
          name="label"
          placeholder={carrier.name}
        />
        {carrier.fields.map(({ name, secret, required, maxLength }) => (
          <SettingsField
            form={shown}
            key={name}
            label={`carriers.field.${name}` as AdminKey}
            maxLength={maxLength}
            name={name}
            type={secret ? "password" : "text"}
            {...(required ? {} : { help: "common.optional" as const })}
          />
        ))}
        <InlineStack>
          <Button
            loading={test.state !== "idle"}
            onClick={() => test.submit({ ...form.values, intent: "test" }, { method: "post" })}
          >
            {texts("carriers.test_typed")}
          </Button>
        </InlineStack>
        <TestAnswer answer={answer} />
        <TestAnswer answer={form.answer} />
      </BlockStack>
    </Card>
  );
}

/** Exactly what the carrier said. */
export function TestAnswer({ answer }: { answer: FormAnswer | undefined }) {
  const texts = useTexts();
  const textOf = useTextOf();
  if (answer?.kind === "works") {
    return (
      <Banner tone="success">
        <p>{texts("carriers.works")}</p>
      </Banner>
    );
  }
  if (answer?.kind !== "refused" || !answer.error) return null;
  return (
    <Banner title={textOf("check_problem", answer.error.kind, "check_problem.unknown")} tone="critical">
      <p>{texts("carriers.said", { message: answer.error.message })}</p>
    </Banner>
  );
}
