import { fileURLToPath } from "node:url";

/** One gate of `npm run check`. */
export interface Check {
  name: string;
  /** Returns the problems, ready to print; an empty list means that the gate is passed. */
  run(say: Say): Promise<string[]>;
}

/** Says something aloud that is no problem, for example why a part was skipped. */
export type Say = (note: string) => void;

/** The project's root, with a slash at the end. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
