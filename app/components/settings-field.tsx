import { TextField, type TextFieldProps } from "@shopify/polaris";
import { type AdminKey, useTexts } from "./texts.tsx";
import type { FormValues, SettingsFormState } from "./use-settings-form.ts";

interface SettingsFieldProps {
  // Any form will do: the field reads one value by its name.
  form: SettingsFormState<FormValues>;
  name: string;
  label: AdminKey;
  /** Instead of the label's key, where the words are put together from data. */
  labelText?: string;
  help?: AdminKey;
  helpText?: string;
  type?: NonNullable<TextFieldProps["type"]>;
  suffix?: string;
  placeholder?: string;
  maxLength?: number;
  multiline?: number;
}

/** A text field of a settings form, its problem in red beneath it until it is touched again. */
export function SettingsField(props: SettingsFieldProps) {
  const { form, name, label, labelText, help, helpText, type = "text", ...rest } = props;
  const texts = useTexts();
  const problem = form.problem(name);
  return (
    <TextField
      autoComplete="off"
      label={labelText ?? texts(label)}
      name={name}
      onChange={form.set(name)}
      type={type}
      value={String(form.values[name] ?? "")}
      {...(problem ? { error: problem } : {})}
      {...(help || helpText ? { helpText: helpText ?? texts(help as AdminKey) } : {})}
      {...rest}
    />
  );
}
