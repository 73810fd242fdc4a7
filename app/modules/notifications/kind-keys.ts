import { KINDS } from "./kinds/kinds.ts";

/** Every kind of message there is, for the filter of the log. */
export const kindKeys = (): string[] => Object.keys(KINDS);
