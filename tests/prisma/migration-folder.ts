import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export interface MigrationFolder {
  readonly path: string;
  addMigration(name: string, sql: string): void;
  writeSchema(models: string): void;
  remove(): void;
}

/** A folder of its own with a schema of two models, in the shape of prisma/, for tests that write migrations. */
export function createMigrationFolder(): MigrationFolder {
  const folder = mkdtempSync(path.join(tmpdir(), "doorstep-migrations-test-"));
  mkdirSync(path.join(folder, "migrations"));
  writeFileSync(path.join(folder, "migrations", "migration_lock.toml"), 'provider = "postgresql"\n');
  const created: MigrationFolder = {
    path: folder,
    addMigration(name, sql) {
      mkdirSync(path.join(folder, "migrations", name));
      writeFileSync(path.join(folder, "migrations", name, "migration.sql"), `BEGIN;\n${sql}\nCOMMIT;\n`);
    },
    writeSchema: (models) => writeFileSync(path.join(folder, "schema.prisma"), `${HEAD}\n${models}\n`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  created.writeSchema(MODELS);
  return created;
}

const HEAD = `
generator client {
  provider = "prisma-client"
  output   = "./generated"
}
datasource db {
  provider = "postgresql"
}`;

export const MODELS = `
model Shop {
  id    String @id
  items Item[]
}
model Item {
  shopId String
  id     String
  dueOn  DateTime? @db.Date
  shop   Shop      @relation(fields: [shopId], references: [id])
  @@id([shopId, id])
}`;
