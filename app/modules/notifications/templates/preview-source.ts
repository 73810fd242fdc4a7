import type { MessageFacts } from "./message-facts.ts";
import type { TextWorld } from "./render-texts.ts";

/** What a preview is made with: a real order, or a made-up one. */
export interface LoadedPreview {
  facts: MessageFacts;
  world: TextWorld;
  /** Civil date at the destination. */
  today: string;
}
