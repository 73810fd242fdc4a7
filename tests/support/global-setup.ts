import { existsSync } from "node:fs";
import type { TestProject } from "vitest/node";
import { buildIfStale } from "#app/build.ts";
import { generateClientIfStale } from "#prisma/generate-client.ts";
import { type ClusterDoor, openClusterDoor } from "./cluster-door.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Address that `createTestDatabase` asks for the run's cluster. */
    clusterDoor: string;
  }
}

declare global {
  // Every project runs this file in the same process, with modules of its own: they share one cluster through here.
  var __doorstepClusterDoor: { door: Promise<ClusterDoor>; users: number } | undefined;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (existsSync("prisma/schema.prisma")) generateClientIfStale();
  // Journeys begin two at a time: none of them should find the other one building.
  if (project.name === "e2e") await buildIfStale();
  const shared = (globalThis.__doorstepClusterDoor ??= { door: openClusterDoor(), users: 0 });
  shared.users += 1;
  project.provide("clusterDoor", (await shared.door).url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    globalThis.__doorstepClusterDoor = undefined;
    await (await shared.door).close();
  };
}
