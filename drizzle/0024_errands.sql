CREATE TABLE "errand_entry" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"delivery" uuid NOT NULL,
	"round" integer NOT NULL,
	"seat" smallint NOT NULL,
	"person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reading" uuid NOT NULL,
	"entry" uuid NOT NULL,
	CONSTRAINT "errand_entry_has_one_row" PRIMARY KEY("shard","id"),
	CONSTRAINT "round_has_two_entries" UNIQUE("shard","delivery","round","seat"),
	CONSTRAINT "person_enters_once_a_round" UNIQUE("shard","delivery","round","person")
);
--> statement-breakpoint
CREATE TABLE "errand_verdict" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"delivery" uuid NOT NULL,
	"round" integer NOT NULL,
	"person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"fields" jsonb NOT NULL,
	"entry" uuid NOT NULL,
	CONSTRAINT "round_is_judged_once" PRIMARY KEY("shard","delivery","round")
);
--> statement-breakpoint
ALTER TABLE "registry" ADD COLUMN "visit" jsonb;--> statement-breakpoint
ALTER TABLE "errand_entry" ADD CONSTRAINT "errand_entry_is_about_a_delivery" FOREIGN KEY ("shard","delivery") REFERENCES "public"."delivery"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "errand_verdict" ADD CONSTRAINT "errand_verdict_is_about_a_delivery" FOREIGN KEY ("shard","delivery") REFERENCES "public"."delivery"("shard","id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- By hand: what somebody read from a paper, and what a third person found of it, stays written.
create trigger changes_are_refused before update or delete on errand_entry
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger truncation_is_refused before truncate on errand_entry execute function writ_refuse_change();
--> statement-breakpoint
alter table errand_entry enable always trigger changes_are_refused;
--> statement-breakpoint
alter table errand_entry enable always trigger truncation_is_refused;
--> statement-breakpoint
create trigger changes_are_refused before update or delete on errand_verdict
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger truncation_is_refused before truncate on errand_verdict execute function writ_refuse_change();
--> statement-breakpoint
alter table errand_verdict enable always trigger changes_are_refused;
--> statement-breakpoint
alter table errand_verdict enable always trigger truncation_is_refused;
