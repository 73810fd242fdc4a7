import { parentPort } from "node:worker_threads";
import { SlotRenderer } from "./render-slots.ts";
import type { SlotAnswer, SlotRequest } from "./slot-request.ts";

/** What the thread says: that it is ready, or what came out; each time with the microseconds it has used so far. */
export interface ThreadWord {
  cpu: number;
  answer?: SlotAnswer;
}

const renderer = new SlotRenderer();

const say = (answer?: SlotAnswer): void => {
  const { user, system } = process.threadCpuUsage();
  parentPort?.postMessage({ cpu: user + system, ...(answer ? { answer } : {}) } satisfies ThreadWord);
};

parentPort?.on("message", (request: SlotRequest) => say(renderer.render(request)));
say();
