CREATE TABLE "document_seal" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"verdict" text NOT NULL,
	"naming" uuid,
	"signed_at" timestamp (3) with time zone,
	CONSTRAINT "seal_was_found_once" PRIMARY KEY("shard","case_id","sha256","id")
);
--> statement-breakpoint
ALTER TABLE "approval" ADD COLUMN "confirmed" text[];--> statement-breakpoint
ALTER TABLE "document_seal" ADD CONSTRAINT "seal_is_of_a_document" FOREIGN KEY ("shard","case_id","sha256") REFERENCES "public"."document"("shard","case_id","sha256") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
-- By hand: what was found on a seal, and when, stays written.
create trigger changes_are_refused before update or delete on document_seal
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger truncation_is_refused before truncate on document_seal execute function writ_refuse_change();
--> statement-breakpoint
alter table document_seal enable always trigger changes_are_refused;
--> statement-breakpoint
alter table document_seal enable always trigger truncation_is_refused;
