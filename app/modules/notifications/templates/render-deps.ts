import type { ShopTx } from "#app/lib/db.server.ts";
import { AppError } from "#app/lib/errors.ts";
import type { Logger } from "#app/lib/logger.server.ts";
import type { AdminApp } from "#app/modules/shops/admin-page-url.ts";
import type { LinkMaker } from "../links/link-maker.ts";
import type { TemplateEngine } from "../template-engine.server.ts";
import type { FactDeps, LoadedFacts } from "./load-facts.server.ts";

export type MessageRow = NonNullable<Awaited<ReturnType<ShopTx["notification"]["findUnique"]>>>;

export interface RenderDeps extends FactDeps {
  templates: TemplateEngine;
  links: LinkMaker;
  log: Logger;
  /** Sender of shops without a verified domain of their own. */
  defaultFrom: string;
  /** Where links in mails to staff lead. */
  adminApp: AdminApp;
}

/** What a message is made of, before it is put into the form of its channel. */
export interface Ingredients {
  row: MessageRow;
  loaded: LoadedFacts;
  /** From the product's own sender, because the shop's domain has had its measure for today. */
  sharedSender?: boolean;
}

/** The same mail would be as large the next time. */
export class MailTooLargeError extends AppError {
  readonly code = "mail_too_large";
  readonly retryable = false;
}
