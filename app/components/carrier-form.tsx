import { useFetcher } from "@remix-run/react";
import { Banner, Button, InlineStack } from "@shopify/polaris";
import type { CredentialField } from "#app/modules/carriers/carrier.ts";
import { SettingsField } from "./settings-field.tsx";
import { useTextOf, useTexts } from "./texts.tsx";
import { TitledCard } from "./titled-card.tsx";
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
  const help = textOf("carriers.help", carrier.id, "carriers.help.other");
  return (
    <TitledCard
      text={replacing ? `${help} ${texts("carriers.replace_text")}` : help}
      title={texts(replacing ? "carriers.replace_title" : "carriers.credentials")}
    >
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
          label="carriers.credentials"
          labelText={labelOf(textOf, name)}
          maxLength={maxLength}
          name={name}
          type={secret ? "password" : "text"}
          {...helpOf({ textOf, texts }, { carrier: carrier.id, name, required })}
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
    </TitledCard>
  );
}

/** A field without words of its own shows its name in plain letters: "clientId" → "Client id". */
function labelOf(textOf: ReturnType<typeof useTextOf>, name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  const readable = words.charAt(0).toUpperCase() + words.slice(1);
  const text = textOf("carriers.field", name);
  return text === name ? readable : text;
}

interface FieldWords {
  textOf: ReturnType<typeof useTextOf>;
  texts: ReturnType<typeof useTexts>;
}

/** Where to find it, if that takes more than the form's own help, and whether it may stay empty. */
function helpOf(
  { textOf, texts }: FieldWords,
  { carrier, name, required }: { carrier: string; name: string; required: boolean },
): { helpText?: string } {
  const key = `${carrier}.${name}`;
  const own = textOf("carriers.field_help", key);
  const parts = [...(own === key ? [] : [own]), ...(required ? [] : [texts("common.optional")])];
  return parts.length > 0 ? { helpText: parts.join(" · ") } : {};
}

/** What exactly is wrong, what to do about it, and what the carrier said. */
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
  const { kind, cause, message } = answer.error;
  const title = cause ? textOf("carriers.cause", cause) : textOf("check_problem", kind, "check_problem.unknown");
  return (
    <Banner title={title} tone="critical">
      {cause && <p>{textOf("carriers.remedy", cause)}</p>}
      <p>{texts("carriers.said", { message })}</p>
    </Banner>
  );
}
