CREATE TABLE "imported_control" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"reading" uuid NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	CONSTRAINT "control_is_imported_once" PRIMARY KEY("shard","case_id","id")
);
--> statement-breakpoint
ALTER TABLE "control" ADD COLUMN "origin" text;--> statement-breakpoint
ALTER TABLE "imported_control" ADD CONSTRAINT "imported_control_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- By hand: what a list said of a control, and when it was brought in, stays written.
create trigger changes_are_refused before update or delete on imported_control
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger truncation_is_refused before truncate on imported_control execute function writ_refuse_change();
--> statement-breakpoint
alter table imported_control enable always trigger changes_are_refused;
--> statement-breakpoint
alter table imported_control enable always trigger truncation_is_refused;
