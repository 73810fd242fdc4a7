import { generateClientIfStale } from "#prisma/generate-client.ts";

// A fresh clone has no database client yet, and everything else imports it.
generateClientIfStale();
await import("./run-demo.ts");
