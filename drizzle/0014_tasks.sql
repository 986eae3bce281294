CREATE TABLE "task" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"request" uuid,
	"delivery" uuid,
	"control" text,
	"party" text,
	"last_day" date,
	"days_before" integer,
	"owner" text NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"raised_by" text NOT NULL,
	"entry" uuid NOT NULL,
	"words" uuid,
	"outcome" text,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	"ended_entry" uuid,
	"note" uuid,
	CONSTRAINT "task_has_one_row" PRIMARY KEY("shard","id"),
	CONSTRAINT "event_raises_a_task_once" UNIQUE("shard","case_id","key")
);
--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "task_open_by_deadline" ON "task" USING btree ("shard","due","id") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "task_open_of_owner" ON "task" USING btree ("shard","owner","due") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "task_of_case" ON "task" USING btree ("shard","case_id","due");