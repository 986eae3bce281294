ALTER TABLE "case_file" ADD COLUMN "late_interest" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "fulfilled" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "continues" uuid;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "continues_as" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "continues_by" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "continues_confirmed_by" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "line" uuid;--> statement-breakpoint
ALTER TABLE "control" ADD COLUMN "currency" text;--> statement-breakpoint
ALTER TABLE "control" ADD COLUMN "net_value" text;--> statement-breakpoint
CREATE INDEX "case_of_line" ON "case_file" USING btree ("shard","line") WHERE line is not null;