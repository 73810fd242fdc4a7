import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { z } from "zod";
import { databaseUrl, TEMPLATE_DATABASE } from "./test-cluster.ts";
import { runAsOwner } from "./run-as-owner.ts";

export interface TestDatabase {
  /** For the app, which takes the role `doorstep_app` by itself: row-level security applies. */
  readonly url: string;
  /** The superuser, who sees every shop: for arranging and checking. */
  readonly ownerUrl: string;
  readonly name: string;
  drop(): Promise<void>;
}

const clusterSchema = z.object({ ownerUrl: z.string(), appUrl: z.string() });

/**
 * A migrated, empty database that nobody else uses; about 0.1 s. One per test file: create it in `beforeAll`, drop it in
 * `afterAll` (what is not dropped goes with the cluster).
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { ownerUrl, appUrl } = await findCluster();
  const name = `doorstep_t${randomBytes(8).toString("hex")}`;
  await copyTemplate(ownerUrl, name);
  return {
    url: databaseUrl(appUrl, name),
    ownerUrl: databaseUrl(ownerUrl, name),
    name,
    drop: () => runAsOwner(ownerUrl, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

/** An empty database without our schema, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const { ownerUrl, appUrl } = await findCluster();
  const name = `doorstep_t${randomBytes(8).toString("hex")}`;
  await runAsOwner(ownerUrl, [`CREATE DATABASE ${name}`]);
  return {
    url: databaseUrl(appUrl, name),
    ownerUrl: databaseUrl(ownerUrl, name),
    name,
    drop: () => runAsOwner(ownerUrl, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

async function findCluster(): Promise<z.infer<typeof clusterSchema>> {
  const response = await fetch(inject("clusterDoor"));
  if (!response.ok) throw new Error(`the test database server did not start: ${await response.text()}`);
  return clusterSchema.parse(await response.json());
}

const COPY_ATTEMPTS = 50;

/** PostgreSQL refuses to copy a database somebody is connected to: the template's last connection may still be closing. */
async function copyTemplate(ownerUrl: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runAsOwner(ownerUrl, [`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE_DATABASE}`]);
    } catch (error) {
      const inUse = (error as { code?: unknown }).code === "55006";
      if (!inUse || attempt === COPY_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
