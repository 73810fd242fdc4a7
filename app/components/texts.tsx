import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type Catalogue, createTranslator, type Locale, LOCALES, type Translator } from "#app/lib/i18n.ts";
import type en from "./locales/en.json";

/** Every word of the admin has a key; one that does not exist does not compile. */
export type AdminKey = keyof typeof en;

export interface TextsValue {
  texts: Translator<AdminKey>;
  /** IANA zone of the shop. */
  timezone: string;
}

const TextsContext = createContext<TextsValue | null>(null);

interface ProviderProps {
  locale: Locale;
  catalogue: Catalogue;
  timezone: string;
  children: ReactNode;
}

/** Gives the words of one language, and the shop's zone, to everything below. */
export function TextsProvider({ locale, catalogue, timezone, children }: ProviderProps) {
  const value = useMemo(() => {
    // The one catalogue that came along stands for all: it is complete.
    const all = Object.fromEntries(LOCALES.map((name) => [name, catalogue])) as Record<Locale, Catalogue>;
    return { texts: createTranslator<AdminKey>(all, locale), timezone };
  }, [locale, catalogue, timezone]);
  return <TextsContext.Provider value={value}>{children}</TextsContext.Provider>;
}

export function useTextsValue(): TextsValue {
  const value = useContext(TextsContext);
  if (!value) throw new Error("TextsProvider is missing");
  return value;
}

export function useTexts(): Translator<AdminKey> {
  return useTextsValue().texts;
}

/**
 * The text of a key that is put together from data ("status." + status); the fallback's text when there is none, so that
 * a value from an older or newer version never shows as a bare key.
 */
export function useTextOf(): (prefix: string, name: string, fallback?: AdminKey) => string {
  const texts = useTexts();
  return (prefix, name, fallback) => {
    const key = `${prefix}.${name}`;
    const text = texts(key as AdminKey);
    if (text !== key) return text;
    return fallback ? texts(fallback, { name }) : name;
  };
}
