import { LiquidPool, type PoolAnswer } from "./templates/liquid-pool.server.ts";
import type { SlotRequest } from "./templates/slot-request.ts";

/** Renders merchants' texts away from the process's own thread. One per process; its threads start with the first message. */
export interface TemplateEngine {
  /** @throws RenderBacklogError, RenderThreadError (both retryable); never because of what is in the texts. */
  render(request: SlotRequest): Promise<PoolAnswer>;
  close(): Promise<void>;
}

export function createTemplateEngine(options: { threads?: number } = {}): TemplateEngine {
  return new LiquidPool(options);
}
