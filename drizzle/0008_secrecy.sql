CREATE TABLE "subject_index" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"hmac" "bytea" NOT NULL,
	"case_id" uuid,
	"party" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	CONSTRAINT "number_of_party_is_indexed_once" PRIMARY KEY("shard","party","kind")
);
--> statement-breakpoint
CREATE TABLE "sealed_result" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"delivery" uuid NOT NULL,
	"statement" uuid NOT NULL,
	"is_sealed" boolean NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	CONSTRAINT "sealing_of_result_has_one_row" PRIMARY KEY("shard","id")
);
--> statement-breakpoint
ALTER TABLE "document" ALTER COLUMN "number" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "naming" uuid;--> statement-breakpoint
ALTER TABLE "sealed_result" ADD CONSTRAINT "sealing_is_of_a_statement" FOREIGN KEY ("shard","statement") REFERENCES "public"."statement"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subject_by_number" ON "subject_index" USING btree ("shard","hmac");--> statement-breakpoint
CREATE INDEX "sealing_of_statement" ON "sealed_result" USING btree ("shard","statement","id");--> statement-breakpoint
CREATE INDEX "case_sealed" ON "case_file" USING btree ("shard","id") WHERE is_sealed;--> statement-breakpoint
CREATE INDEX "consent_about" ON "consent" USING btree ("about","id");--> statement-breakpoint
-- By hand: who was wrongly meant, and when that was said, stays written.
create trigger changes_are_refused before update or delete on sealed_result
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger truncation_is_refused before truncate on sealed_result execute function writ_refuse_change();
--> statement-breakpoint
alter table sealed_result enable always trigger changes_are_refused;
--> statement-breakpoint
alter table sealed_result enable always trigger truncation_is_refused;
