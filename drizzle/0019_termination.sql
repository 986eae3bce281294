ALTER TABLE "case_file" ADD COLUMN "terminated_on" date;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "standing_asked" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "terminated_asked" date;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "standing_asked_by" text;--> statement-breakpoint
CREATE INDEX "case_terminated" ON "case_file" USING btree ("shard","terminated_on") WHERE terminated_on is not null;--> statement-breakpoint
-- Of cases that were in 终本 before: the day on which this gateway was told of them is the earliest it can know.
UPDATE "case_file" SET "terminated_on" = ("created_at" AT TIME ZONE 'Asia/Shanghai')::date WHERE "standing" = 'terminated';
