import { randomBytes } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import { startTestCluster, type TestCluster } from "./test-cluster.ts";

export interface ClusterDoor {
  /** Secret loopback address; asking it starts the cluster when nobody asked before. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * One cluster for the whole run, started when the first test asks for a database: runs that need none do not wait for
 * it. The tests live in other processes, hence the address.
 */
export async function openClusterDoor(): Promise<ClusterDoor> {
  let cluster: Promise<TestCluster> | undefined;
  const path = `/${randomBytes(16).toString("hex")}`;
  const server = createServer((request, response) => {
    if (request.url !== path) return void response.writeHead(404).end();
    cluster ??= startTestCluster();
    cluster.then(
      ({ ownerUrl, appUrl }) => respond(response, 200, { ownerUrl, appUrl }),
      (error: unknown) => respond(response, 500, { error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}${path}`,
    async close() {
      server.close();
      server.closeAllConnections();
      // A cluster that failed to start was reported to every test that asked for it.
      const started = await cluster?.catch(() => undefined);
      await started?.stop();
    },
  };
}

function respond(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
