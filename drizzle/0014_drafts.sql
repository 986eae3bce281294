CREATE TABLE "draft" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"maker" text NOT NULL,
	"state" text NOT NULL,
	"measure" text,
	"saved_at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	"content" uuid NOT NULL,
	"objections" jsonb NOT NULL,
	"replaces" uuid,
	"request" uuid,
	CONSTRAINT "draft_has_one_row" PRIMARY KEY("shard","id")
);
--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "replaces" uuid;--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_of_case" ON "draft" USING btree ("shard","case_id","id");--> statement-breakpoint
CREATE INDEX "draft_of_maker" ON "draft" USING btree ("shard","maker","id");--> statement-breakpoint
CREATE UNIQUE INDEX "request_is_corrected_once" ON "draft" USING btree ("shard","replaces") WHERE state = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "request_has_one_successor" ON "request" USING btree ("shard","replaces") WHERE replaces is not null;