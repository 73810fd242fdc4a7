BEGIN;

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "audience" TEXT NOT NULL DEFAULT 'shopper',
ADD COLUMN     "batch_id" TEXT,
ADD COLUMN     "batch_position" INTEGER,
ADD COLUMN     "clicked_at" TIMESTAMPTZ(3),
ADD COLUMN     "clicks" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "cost_currency" TEXT,
ADD COLUMN     "cost_micros" BIGINT,
ADD COLUMN     "country_code" TEXT,
ADD COLUMN     "delivered_at" TIMESTAMPTZ(3),
ADD COLUMN     "delivery" TEXT,
ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "note" TEXT,
ADD COLUMN     "occurrence" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "opened_at" TIMESTAMPTZ(3),
ADD COLUMN     "parcel_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "person_key" TEXT,
ADD COLUMN     "purpose" TEXT NOT NULL DEFAULT 'event',
ADD COLUMN     "refused_at" TIMESTAMPTZ(3),
ADD COLUMN     "rules_number" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "segments" INTEGER,
ADD COLUMN     "template_number" INTEGER,
ADD COLUMN     "urgency" SMALLINT NOT NULL DEFAULT 5;

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "product_tags" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "customer_tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "email_marketing" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "sms_marketing" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "notification_event" (
    "shop_id" TEXT NOT NULL,
    "notification_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_event_pkey" PRIMARY KEY ("shop_id","notification_id","id")
);

-- CreateTable
CREATE TABLE "message_link" (
    "shop_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "notification_id" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "clicks" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "message_link_pkey" PRIMARY KEY ("shop_id","token_hash")
);

-- CreateTable
CREATE TABLE "rule_set" (
    "shop_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "rules" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3),
    "published_by" TEXT,

    CONSTRAINT "rule_set_pkey" PRIMARY KEY ("shop_id","number")
);

-- CreateTable
CREATE TABLE "template_version" (
    "shop_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "note" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "template_version_pkey" PRIMARY KEY ("shop_id","kind","channel","number")
);

-- CreateTable
CREATE TABLE "dry_run" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "asked" JSONB NOT NULL,
    "orders_done" INTEGER NOT NULL DEFAULT 0,
    "orders_total" INTEGER,
    "summary" JSONB,
    "digest" TEXT,
    "error" TEXT,
    "created_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "dry_run_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "dry_run_message" (
    "shop_id" TEXT NOT NULL,
    "dry_run_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "business_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "shipment_id" TEXT,
    "person_key" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "on" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "rule" TEXT,
    "decision" JSONB NOT NULL,
    "difference" TEXT,

    CONSTRAINT "dry_run_message_pkey" PRIMARY KEY ("shop_id","dry_run_id","position")
);

-- CreateTable
CREATE TABLE "sender_domain" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "provider_id" TEXT,
    "status" TEXT NOT NULL,
    "records" JSONB NOT NULL DEFAULT '[]',
    "problem" TEXT,
    "warm_from" TEXT,
    "checked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sender_domain_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "domain_day" (
    "shop_id" TEXT NOT NULL,
    "domain_id" TEXT NOT NULL,
    "on" TEXT NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "domain_day_pkey" PRIMARY KEY ("shop_id","domain_id","on")
);

-- CreateTable
CREATE TABLE "sms_account" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "account_name" TEXT NOT NULL,
    "secrets_sealed" TEXT NOT NULL,
    "options" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL,
    "problem" JSONB,
    "price_accepted_at" TIMESTAMPTZ(3),
    "price_accepted_by" TEXT,
    "accepted_prices" JSONB,
    "hook_token_hash" TEXT NOT NULL,
    "hook_token_sealed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sms_account_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "address_block" (
    "shop_id" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "address" TEXT,
    "reason" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "notification_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "address_block_pkey" PRIMARY KEY ("shop_id","medium","address_hash","scope")
);

-- CreateTable
CREATE TABLE "consent" (
    "shop_id" TEXT NOT NULL,
    "medium" TEXT NOT NULL,
    "address_hash" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "wording" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("shop_id","medium","address_hash","scope")
);

-- CreateTable
CREATE TABLE "mute" (
    "shop_id" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "note" TEXT,
    "created_by" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "mute_pkey" PRIMARY KEY ("shop_id","subject_type","subject_id")
);

-- CreateTable
CREATE TABLE "send_pace" (
    "key" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(6) NOT NULL,
    "per_second" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "send_pace_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "message_link_shop_id_notification_id_idx" ON "message_link"("shop_id", "notification_id");

-- CreateIndex
CREATE INDEX "message_link_expires_at_idx" ON "message_link"("expires_at");

-- CreateIndex
CREATE INDEX "dry_run_shop_id_created_at_idx" ON "dry_run"("shop_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "sender_domain_shop_id_provider_id_idx" ON "sender_domain"("shop_id", "provider_id");

-- CreateIndex
CREATE UNIQUE INDEX "sender_domain_shop_id_name_key" ON "sender_domain"("shop_id", "name");

-- CreateIndex
CREATE INDEX "sms_account_hook_token_hash_idx" ON "sms_account"("hook_token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "sms_account_shop_id_provider_key" ON "sms_account"("shop_id", "provider");

-- CreateIndex
CREATE INDEX "address_block_shop_id_at_idx" ON "address_block"("shop_id", "at" DESC);

-- CreateIndex
CREATE INDEX "notification_shop_id_person_key_decided_at_idx" ON "notification"("shop_id", "person_key", "decided_at" DESC);

-- CreateIndex
CREATE INDEX "notification_shop_id_provider_id_idx" ON "notification"("shop_id", "provider_id");

-- CreateIndex
CREATE INDEX "notification_due_idx" ON "notification"("channel", "shop_id", "urgency", "due_at", "id") WHERE state = 'queued';

-- AddForeignKey
ALTER TABLE "notification_event" ADD CONSTRAINT "notification_event_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification_event" ADD CONSTRAINT "notification_event_shop_id_notification_id_fkey" FOREIGN KEY ("shop_id", "notification_id") REFERENCES "notification"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_link" ADD CONSTRAINT "message_link_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_link" ADD CONSTRAINT "message_link_shop_id_notification_id_fkey" FOREIGN KEY ("shop_id", "notification_id") REFERENCES "notification"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_set" ADD CONSTRAINT "rule_set_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dry_run" ADD CONSTRAINT "dry_run_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dry_run_message" ADD CONSTRAINT "dry_run_message_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "dry_run_message" ADD CONSTRAINT "dry_run_message_shop_id_dry_run_id_fkey" FOREIGN KEY ("shop_id", "dry_run_id") REFERENCES "dry_run"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sender_domain" ADD CONSTRAINT "sender_domain_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "domain_day" ADD CONSTRAINT "domain_day_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "domain_day" ADD CONSTRAINT "domain_day_shop_id_domain_id_fkey" FOREIGN KEY ("shop_id", "domain_id") REFERENCES "sender_domain"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sms_account" ADD CONSTRAINT "sms_account_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "address_block" ADD CONSTRAINT "address_block_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mute" ADD CONSTRAINT "mute_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One draft and one published set of rules at most.
CREATE UNIQUE INDEX "rule_set_draft_key" ON "rule_set"("shop_id") WHERE state = 'draft';
CREATE UNIQUE INDEX "rule_set_published_key" ON "rule_set"("shop_id") WHERE state = 'published';

-- Messages that were queued before had no time of their own: they are due.
UPDATE notification SET due_at = decided_at WHERE state IN ('queued', 'sending');

ALTER TABLE notification_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON notification_event TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE message_link ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON message_link TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE rule_set ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rule_set TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE template_version ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON template_version TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE dry_run ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dry_run TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE dry_run_message ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON dry_run_message TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE sender_domain ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sender_domain TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE domain_day ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON domain_day TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE sms_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON sms_account TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE address_block ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON address_block TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE consent ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON consent TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

ALTER TABLE mute ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON mute TO doorstep_app
  USING (shop_id = (SELECT current_setting('app.shop_id', true)))
  WITH CHECK (shop_id = (SELECT current_setting('app.shop_id', true)));

-- Belongs to no shop: everybody reads it, and only functions of the owner write it.
REVOKE INSERT, UPDATE, DELETE ON send_pace FROM doorstep_app;
ALTER TABLE send_pace ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody_reads ON send_pace FOR SELECT TO doorstep_app USING (true);

COMMIT;
