ALTER TABLE "keepers"."booking" ADD COLUMN "coin_paid" numeric(100, 0) DEFAULT '0' NOT NULL;
