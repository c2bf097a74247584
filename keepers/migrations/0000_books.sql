CREATE SCHEMA IF NOT EXISTS "keepers";
--> statement-breakpoint
CREATE TABLE "keepers"."intent" (
	"id" text PRIMARY KEY,
	"chain" text NOT NULL,
	"signer" text NOT NULL,
	"nonce" integer NOT NULL,
	"bot" text NOT NULL,
	"key" text NOT NULL,
	"payload" jsonb NOT NULL,
	"recipient" text NOT NULL,
	"tokens" jsonb NOT NULL,
	"expected_coin" numeric(100, 0) NOT NULL,
	"status" text NOT NULL CHECK ("status" IN ('open', 'landed', 'final', 'lost', 'refused')),
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "intent_by_status" ON "keepers"."intent" ("chain", "signer", "status");
--> statement-breakpoint
-- The rule that nothing is sent twice: one undecided intent a nonce.
CREATE UNIQUE INDEX "intent_one_open" ON "keepers"."intent" ("chain", "signer", "nonce")
	WHERE "status" IN ('open', 'landed', 'final');
--> statement-breakpoint
CREATE TABLE "keepers"."attempt" (
	"intent_id" text NOT NULL REFERENCES "keepers"."intent" ("id"),
	"sequence" integer NOT NULL,
	"hash" text NOT NULL,
	"kind" text NOT NULL CHECK ("kind" IN ('call', 'cancel')),
	"raw" text NOT NULL,
	"gas_limit" numeric(100, 0) NOT NULL,
	"max_fee" numeric(100, 0) NOT NULL,
	"priority_fee" numeric(100, 0) NOT NULL,
	"outcome" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	PRIMARY KEY ("intent_id", "sequence")
);
--> statement-breakpoint
CREATE TABLE "keepers"."booking" (
	"hash" text PRIMARY KEY,
	"intent_id" text NOT NULL UNIQUE REFERENCES "keepers"."intent" ("id"),
	"bot" text NOT NULL,
	"kind" text NOT NULL,
	"success" boolean NOT NULL,
	"block_number" numeric(100, 0) NOT NULL,
	"block_hash" text NOT NULL,
	"gas_used" numeric(100, 0) NOT NULL,
	"gas_price" numeric(100, 0) NOT NULL,
	"gas_cost" numeric(100, 0) NOT NULL,
	"final" boolean NOT NULL,
	"booked_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "keepers"."booking_token" (
	"hash" text NOT NULL REFERENCES "keepers"."booking" ("hash") ON DELETE CASCADE,
	"token" text NOT NULL,
	"amount" numeric(100, 0) NOT NULL,
	PRIMARY KEY ("hash", "token")
);
