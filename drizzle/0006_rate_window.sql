-- Unlogged by hand: drizzle-kit cannot say it. Counts are no evidence, and must cost no write-ahead log and no fsync.
CREATE UNLOGGED TABLE "rate_window" (
	"key" text PRIMARY KEY NOT NULL,
	"points" integer NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL
);
