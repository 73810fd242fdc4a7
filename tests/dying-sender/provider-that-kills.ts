import type { AddressInfo } from "node:net";
import express, { type Router } from "express";

export interface KillingProvider {
  url: string;
  /** What happens to the next request that sends something, once it was accepted; null lets all be answered. */
  atNext: ((connection: { destroy(): void }) => void) | null;
  stop(): Promise<void>;
}

/** A provider of the sandbox on a port of its own, whose answer can be kept back once a sending was accepted. */
export async function startKillingProvider(router: Router): Promise<KillingProvider> {
  const app = express();
  const provider: KillingProvider = { url: "", atNext: null, stop: () => Promise.resolve() };
  app.use((request, response, next) => {
    const answer = response.json.bind(response);
    response.json = (body: unknown) => {
      const act = provider.atNext;
      if (request.method !== "POST" || response.statusCode >= 300 || act === null) return answer(body);
      provider.atNext = null;
      act(request.socket);
      return response;
    };
    next();
  });
  app.use(router);
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  provider.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  provider.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return provider;
}
