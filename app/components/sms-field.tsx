import { TextField, type TextFieldProps } from "@shopify/polaris";
import { type AdminKey, useTexts } from "./texts.tsx";
import type { SmsFormState } from "./use-sms-form.ts";

interface SmsFieldProps extends Pick<
  TextFieldProps,
  "multiline" | "placeholder" | "type" | "maxLength" | "connectedRight"
> {
  form: SmsFormState;
  name: string;
  label: AdminKey;
  help?: AdminKey;
}

/** A text field of a card about texts, its problem in red beneath it. */
export function SmsField({ form, name, label, help, ...rest }: SmsFieldProps) {
  const texts = useTexts();
  const problem = form.problem(name);
  return (
    <TextField
      autoComplete="off"
      label={texts(label)}
      name={name}
      onChange={form.set(name)}
      spellCheck={false}
      value={form.values[name] ?? ""}
      {...(problem ? { error: problem } : {})}
      {...(help ? { helpText: texts(help) } : {})}
      {...rest}
    />
  );
}
