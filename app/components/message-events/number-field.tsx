import { TextField } from "@shopify/polaris";

interface NumberFieldProps {
  label: string;
  value: number | null;
  help?: string | undefined;
  error?: string | undefined;
  suffix?: string;
  min?: number;
  max?: number;
  placeholder?: string;
  /** Null when the field is empty. */
  onChange: (value: number | null) => void;
}

/** A whole number; an empty field is no number rather than zero. */
export function NumberField({ label, value, help, error, onChange, ...rest }: NumberFieldProps) {
  return (
    <TextField
      autoComplete="off"
      label={label}
      onChange={(text) => onChange(text.trim() === "" || Number.isNaN(Number(text)) ? null : Number(text))}
      type="number"
      value={value === null ? "" : String(value)}
      {...(help ? { helpText: help } : {})}
      {...(error ? { error } : {})}
      {...rest}
    />
  );
}
