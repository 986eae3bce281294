CREATE TABLE "progress_link" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "progress_link_has_one_row" PRIMARY KEY("shard","id"),
	CONSTRAINT "progress_link_by_digest" UNIQUE("shard","digest")
);
--> statement-breakpoint
ALTER TABLE "progress_link" ADD CONSTRAINT "progress_link_is_of_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "progress_links_of_case" ON "progress_link" USING btree ("shard","case_id","id");