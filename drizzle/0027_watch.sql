ALTER TABLE "case_file" ADD COLUMN "settled_until" date;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "settled_among" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "settled_seq" integer;--> statement-breakpoint
-- By hand: what rounds found is no record; the next round, within half an hour, writes it anew with its times.
DELETE FROM "anomaly_round";--> statement-breakpoint
ALTER TABLE "anomaly_found" ADD COLUMN "times" bigint[] NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "letter" integer;