import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterFiles } from "./cluster-files.ts";

/** The children of a killed server hold its port for a moment. */
const PORT_TRIES = 10;
const PORT_PAUSE_MS = 100;

/** The port used last time when it is still free, otherwise a free one, which is written beside the data. */
export async function choosePort(files: ClusterFiles): Promise<number> {
  const remembered = readPort(files);
  const port = remembered !== null && (await becomesFree(remembered)) ? remembered : await findFreePort();
  writeFileSync(files.port, String(port));
  return port;
}

export async function findFreePort(): Promise<number> {
  const port = await bind(0);
  if (port === null) throw new Error("the system gave no free port on 127.0.0.1");
  return port;
}

function readPort(files: ClusterFiles): number | null {
  try {
    const port = Number(readFileSync(files.port, "utf8"));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
  } catch {
    return null;
  }
}

async function becomesFree(port: number): Promise<boolean> {
  for (let attempt = 1; attempt <= PORT_TRIES; attempt += 1) {
    if ((await bind(port)) !== null) return true;
    await sleep(PORT_PAUSE_MS);
  }
  return false;
}

/** Binds and lets go again; null when the port is taken. */
function bind(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
