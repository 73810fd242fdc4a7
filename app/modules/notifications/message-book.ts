import type { DecisionBook } from "./decision-book.ts";
import { KINDS } from "./kinds/kinds.ts";
import { allowedFrom } from "./quiet-hours.ts";

/** What messages are decided by. */
export const messageBook: DecisionBook = { kinds: Object.values(KINDS), allowedFrom };
