BEGIN;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "shop" (
    "id" TEXT NOT NULL,
    "domain" TEXT NOT NULL,
    "gid" TEXT,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "name" TEXT,
    "email" TEXT,
    "currency" TEXT,
    "timezone" TEXT,
    "country_code" TEXT,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "order_prefix" TEXT NOT NULL DEFAULT '#',
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "settings" JSONB NOT NULL DEFAULT '{}',
    "installed_at" TIMESTAMPTZ(3),
    "uninstalled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_online" BOOLEAN NOT NULL,
    "scope" TEXT,
    "expires" TIMESTAMPTZ(3),
    "refresh_token_expires" TIMESTAMPTZ(3),
    "access_token" TEXT,
    "refresh_token" TEXT,
    "user_id" TEXT,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "locale" TEXT,
    "account_owner" BOOLEAN,
    "collaborator" BOOLEAN,
    "email_verified" BOOLEAN,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "orders" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lookup_name" TEXT NOT NULL,
    "confirmation_number" TEXT,
    "checkout_token" TEXT,
    "customer_id" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "locale" TEXT,
    "currency" TEXT NOT NULL,
    "total_minor" BIGINT NOT NULL,
    "financial_status" TEXT,
    "fulfillment_status" TEXT,
    "recipient_name" TEXT,
    "city" TEXT,
    "province_code" TEXT,
    "postal_code" TEXT,
    "country_code" TEXT,
    "shipping_title" TEXT,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "test" BOOLEAN NOT NULL DEFAULT false,
    "requires_shipping" BOOLEAN NOT NULL DEFAULT true,
    "link_token_sealed" TEXT NOT NULL,
    "link_token_hash" TEXT NOT NULL,
    "link_expires_at" TIMESTAMPTZ(3) NOT NULL,
    "origin" TEXT NOT NULL,
    "placed_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),
    "redacted_at" TIMESTAMPTZ(3),
    "source_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "orders_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "order_line" (
    "shop_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "variant_title" TEXT,
    "sku" TEXT,
    "quantity" INTEGER NOT NULL,
    "price_minor" BIGINT,
    "image_url" TEXT,
    "requires_shipping" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "order_line_pkey" PRIMARY KEY ("shop_id","order_id","id")
);

-- CreateTable
CREATE TABLE "fulfillment" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "name" TEXT,
    "status" TEXT NOT NULL,
    "native_status" TEXT,
    "native_delivered_at" TIMESTAMPTZ(3),
    "estimated_delivery_at" TIMESTAMPTZ(3),
    "lines" JSONB NOT NULL DEFAULT '[]',
    "origin" TEXT NOT NULL,
    "fulfilled_at" TIMESTAMPTZ(3) NOT NULL,
    "source_updated_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fulfillment_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "shipment" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "fulfillment_id" TEXT NOT NULL,
    "tracking_number" TEXT NOT NULL,
    "carrier" TEXT,
    "detection" JSONB NOT NULL DEFAULT '{}',
    "company_name" TEXT,
    "tracking_url" TEXT,
    "origin" TEXT NOT NULL,
    "country_code" TEXT,
    "lifecycle" TEXT NOT NULL DEFAULT 'active',
    "status" TEXT NOT NULL DEFAULT 'unknown',
    "sub_status" TEXT,
    "status_at" TIMESTAMPTZ(3),
    "status_since" TIMESTAMPTZ(3) NOT NULL,
    "status_reason" JSONB,
    "first_scan_at" TIMESTAMPTZ(3),
    "last_event_at" TIMESTAMPTZ(3),
    "last_event" JSONB,
    "delivered_at" TIMESTAMPTZ(3),
    "delivered_local" TEXT,
    "estimated_delivery" JSONB,
    "service" TEXT,
    "event_count" INTEGER NOT NULL DEFAULT 0,
    "flags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "version" INTEGER NOT NULL DEFAULT 0,
    "next_check_at" TIMESTAMPTZ(3),
    "last_check_at" TIMESTAMPTZ(3),
    "last_news_at" TIMESTAMPTZ(3),
    "push_until" TIMESTAMPTZ(3),
    "check_failures" INTEGER NOT NULL DEFAULT 0,
    "check_problem" JSONB,
    "checks_on" TEXT,
    "checks_that_day" INTEGER NOT NULL DEFAULT 0,
    "stop_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shipment_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "shipment_watch" (
    "shop_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "next_check_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "shipment_watch_pkey" PRIMARY KEY ("shop_id","shipment_id")
);

-- CreateTable
CREATE TABLE "tracking_event" (
    "shop_id" TEXT NOT NULL,
    "shipment_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "sub_status" TEXT,
    "code" TEXT,
    "description" TEXT,
    "location" TEXT,
    "country_code" TEXT,
    "local_time" TEXT,
    "utc_offset" TEXT,
    "occurred_at" TIMESTAMPTZ(3),
    "zone_source" TEXT NOT NULL,
    "zone_name" TEXT,
    "unknown_code" BOOLEAN NOT NULL DEFAULT false,
    "rule" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "raw" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tracking_event_pkey" PRIMARY KEY ("shop_id","shipment_id","fingerprint")
);

-- CreateTable
CREATE TABLE "carrier_account" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "carrier" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "credentials_sealed" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'active',
    "status_reason" TEXT,
    "priority" INTEGER NOT NULL DEFAULT 100,
    "hook_token_hash" TEXT NOT NULL,
    "hook_token_sealed" TEXT NOT NULL,
    "hook_secrets_sealed" TEXT,
    "token_sealed" TEXT,
    "token_expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_account_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "inbound_delivery" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "delivery_key" TEXT NOT NULL,
    "event_id" TEXT,
    "account_id" TEXT,
    "api_version" TEXT,
    "triggered_at" TIMESTAMPTZ(3),
    "headers" JSONB NOT NULL DEFAULT '{}',
    "body" BYTEA NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'stored',
    "outcome" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_delivery_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "notification" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "business_key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "order_id" TEXT,
    "shipment_id" TEXT,
    "recipient" TEXT,
    "locale" TEXT,
    "state" TEXT NOT NULL,
    "decision" JSONB NOT NULL,
    "rendered_sealed" TEXT,
    "content_hash" TEXT,
    "subject" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "first_attempt_at" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "lease_token" TEXT,
    "leased_until" TIMESTAMPTZ(3),
    "provider" TEXT,
    "provider_id" TEXT,
    "error" TEXT,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "effect" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "business_key" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'queued',
    "subject_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_token" TEXT,
    "leased_until" TIMESTAMPTZ(3),
    "last_attempt_at" TIMESTAMPTZ(3),
    "provider_id" TEXT,
    "outcome" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "effect_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "activity" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "actor_id" TEXT,
    "type" TEXT NOT NULL,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "activity_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "fact" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "happened_on" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "carrier" TEXT,
    "country_code" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "fact_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "import_run" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "from_at" TIMESTAMPTZ(3) NOT NULL,
    "cursor" TEXT,
    "orders_seen" INTEGER NOT NULL DEFAULT 0,
    "orders_due" INTEGER,
    "shipments" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "import_run_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "sync_mark" (
    "shop_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "up_to" TIMESTAMPTZ(3),
    "cursor" TEXT,
    "note" JSONB,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sync_mark_pkey" PRIMARY KEY ("shop_id","name")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "privacy_request" (
    "shop_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "request_key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "export_sealed" TEXT,
    "report" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "completed_at" TIMESTAMPTZ(3),

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("shop_id","id")
);

-- CreateTable
CREATE TABLE "rate_window" (
    "shop_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "rate_window_pkey" PRIMARY KEY ("shop_id","key","starts_at")
);

-- CreateIndex
CREATE UNIQUE INDEX "shop_domain_key" ON "shop"("domain");

-- CreateIndex
CREATE INDEX "orders_shop_id_lookup_name_idx" ON "orders"("shop_id", "lookup_name" text_pattern_ops);

-- CreateIndex
CREATE INDEX "orders_shop_id_email_idx" ON "orders"("shop_id", "email" text_pattern_ops);

-- CreateIndex
CREATE INDEX "orders_shop_id_placed_at_id_idx" ON "orders"("shop_id", "placed_at" DESC, "id");

-- CreateIndex
CREATE INDEX "orders_shop_id_customer_id_idx" ON "orders"("shop_id", "customer_id");

-- CreateIndex
CREATE UNIQUE INDEX "orders_shop_id_link_token_hash_key" ON "orders"("shop_id", "link_token_hash");

-- CreateIndex
CREATE INDEX "fulfillment_shop_id_order_id_idx" ON "fulfillment"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "shipment_shop_id_tracking_number_idx" ON "shipment"("shop_id", "tracking_number" text_pattern_ops);

-- CreateIndex
CREATE INDEX "shipment_shop_id_order_id_idx" ON "shipment"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "shipment_shop_id_created_at_id_idx" ON "shipment"("shop_id", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "shipment_shop_id_status_created_at_id_idx" ON "shipment"("shop_id", "status", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "shipment_watch_next_check_at_idx" ON "shipment_watch"("next_check_at");

-- CreateIndex
CREATE UNIQUE INDEX "shipment_shop_id_fulfillment_id_tracking_number_key" ON "shipment"("shop_id", "fulfillment_id", "tracking_number");

-- CreateIndex
CREATE INDEX "carrier_account_hook_token_hash_idx" ON "carrier_account"("hook_token_hash");

-- CreateIndex
CREATE INDEX "carrier_account_shop_id_carrier_priority_idx" ON "carrier_account"("shop_id", "carrier", "priority");

-- CreateIndex
CREATE UNIQUE INDEX "carrier_account_shop_id_hook_token_hash_key" ON "carrier_account"("shop_id", "hook_token_hash");

-- CreateIndex
CREATE INDEX "inbound_delivery_shop_id_status_received_at_idx" ON "inbound_delivery"("shop_id", "status", "received_at");

-- CreateIndex
CREATE INDEX "inbound_delivery_received_at_idx" ON "inbound_delivery"("received_at");

-- CreateIndex
CREATE UNIQUE INDEX "inbound_delivery_shop_id_source_topic_delivery_key_key" ON "inbound_delivery"("shop_id", "source", "topic", "delivery_key");

-- CreateIndex
CREATE INDEX "notification_shop_id_decided_at_id_idx" ON "notification"("shop_id", "decided_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notification_shop_id_shipment_id_idx" ON "notification"("shop_id", "shipment_id");

-- CreateIndex
CREATE INDEX "notification_shop_id_order_id_idx" ON "notification"("shop_id", "order_id");

-- CreateIndex
CREATE INDEX "notification_state_leased_until_idx" ON "notification"("state", "leased_until");

-- CreateIndex
CREATE UNIQUE INDEX "notification_shop_id_business_key_key" ON "notification"("shop_id", "business_key");

-- CreateIndex
CREATE INDEX "effect_shop_id_kind_subject_id_idx" ON "effect"("shop_id", "kind", "subject_id");

-- CreateIndex
CREATE INDEX "effect_shop_id_kind_provider_id_idx" ON "effect"("shop_id", "kind", "provider_id");

-- CreateIndex
CREATE INDEX "effect_state_leased_until_idx" ON "effect"("state", "leased_until");

-- CreateIndex
CREATE UNIQUE INDEX "effect_shop_id_kind_business_key_key" ON "effect"("shop_id", "kind", "business_key");

-- CreateIndex
CREATE INDEX "activity_shop_id_subject_type_subject_id_at_idx" ON "activity"("shop_id", "subject_type", "subject_id", "at");

-- CreateIndex
CREATE INDEX "activity_shop_id_at_idx" ON "activity"("shop_id", "at" DESC);

-- CreateIndex
CREATE INDEX "fact_shop_id_kind_happened_on_idx" ON "fact"("shop_id", "kind", "happened_on");

-- CreateIndex
CREATE UNIQUE INDEX "fact_shop_id_kind_subject_id_key" ON "fact"("shop_id", "kind", "subject_id");

-- CreateIndex
CREATE INDEX "sync_mark_name_due_at_idx" ON "sync_mark"("name", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_shop_id_page_name_key" ON "saved_view"("shop_id", "page", "name");

-- CreateIndex
CREATE UNIQUE INDEX "privacy_request_shop_id_kind_request_key_key" ON "privacy_request"("shop_id", "kind", "request_key");

-- CreateIndex
CREATE INDEX "rate_window_starts_at_idx" ON "rate_window"("starts_at");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "orders" ADD CONSTRAINT "orders_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_shop_id_order_id_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fulfillment" ADD CONSTRAINT "fulfillment_shop_id_order_id_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_shop_id_order_id_fkey" FOREIGN KEY ("shop_id", "order_id") REFERENCES "orders"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment" ADD CONSTRAINT "shipment_shop_id_fulfillment_id_fkey" FOREIGN KEY ("shop_id", "fulfillment_id") REFERENCES "fulfillment"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "shipment_watch" ADD CONSTRAINT "shipment_watch_shop_id_shipment_id_fkey" FOREIGN KEY ("shop_id", "shipment_id") REFERENCES "shipment"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tracking_event" ADD CONSTRAINT "tracking_event_shop_id_shipment_id_fkey" FOREIGN KEY ("shop_id", "shipment_id") REFERENCES "shipment"("shop_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "carrier_account" ADD CONSTRAINT "carrier_account_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "inbound_delivery" ADD CONSTRAINT "inbound_delivery_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "effect" ADD CONSTRAINT "effect_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activity" ADD CONSTRAINT "activity_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fact" ADD CONSTRAINT "fact_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "import_run" ADD CONSTRAINT "import_run_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sync_mark" ADD CONSTRAINT "sync_mark_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_request" ADD CONSTRAINT "privacy_request_shop_id_fkey" FOREIGN KEY ("shop_id") REFERENCES "shop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

COMMIT;
