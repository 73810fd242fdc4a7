import { TextField, type TextFieldProps } from "@shopify/polaris";
import { type AdminKey, useTexts } from "./texts.tsx";
import type { FormValues, SettingsFormState } from "./use-settings-form.ts";

interface SettingsFieldProps {
  // Any form will do: the field reads one value by its name.
  form: SettingsFormState<FormValues>;
  name: string;
  label: AdminKey;
  help?: AdminKey;
  type?: NonNullable<TextFieldProps["type"]>;
  suffix?: string;
  placeholder?: string;
  maxLength?: number;
  multiline?: number;
}

/** A text field of a settings form, its problem in red beneath it until it is touched again. */
export function SettingsField({ form, name, label, help, type = "text", ...rest }: SettingsFieldProps) {
  const texts = useTexts();
  const problem = form.problem(name);
  return (
    <TextField
      autoComplete="off"
      label={texts(label)}
      name={name}
      onChange={form.set(name)}
      type={type}
      value={String(form.values[name] ?? "")}
      {...(problem ? { error: problem } : {})}
      {...(help ? { helpText: texts(help) } : {})}
      {...rest}
    />
  );
}
