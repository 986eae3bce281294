CREATE TABLE "batch" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"maker" text NOT NULL,
	"state" text NOT NULL,
	"rows" integer NOT NULL,
	"terms" uuid NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"entry" uuid NOT NULL,
	"leased_until" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "batch_has_one_row" PRIMARY KEY("shard","id")
);
--> statement-breakpoint
CREATE TABLE "batch_row" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"batch" uuid NOT NULL,
	"row" integer NOT NULL,
	"case_id" uuid NOT NULL,
	"party" uuid NOT NULL,
	"registries" jsonb NOT NULL,
	"kinds" jsonb NOT NULL,
	"documents" jsonb NOT NULL,
	"state" text NOT NULL,
	"request" uuid,
	"refused" text,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "row_is_in_a_batch_once" PRIMARY KEY("shard","batch","row")
);
--> statement-breakpoint
ALTER TABLE "batch_row" ADD CONSTRAINT "row_belongs_to_a_batch" FOREIGN KEY ("shard","batch") REFERENCES "public"."batch"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_row" ADD CONSTRAINT "row_is_about_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "batch_row" ADD CONSTRAINT "row_became_a_request" FOREIGN KEY ("shard","request") REFERENCES "public"."request"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "batch_of_maker" ON "batch" USING btree ("shard","maker","id");--> statement-breakpoint
CREATE INDEX "batch_under_way" ON "batch" USING btree ("shard","leased_until") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "batch_row_waiting" ON "batch_row" USING btree ("shard","batch","row") WHERE state = 'waiting';