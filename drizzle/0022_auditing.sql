CREATE TABLE "anomaly_mark" (
	"id" uuid PRIMARY KEY NOT NULL,
	"anomaly" text NOT NULL,
	"outcome" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	"note" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sample" (
	"id" uuid PRIMARY KEY NOT NULL,
	"court" text NOT NULL,
	"what" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"size" integer NOT NULL,
	"announced_by" text NOT NULL,
	"announced_at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	"leaf_index" integer,
	"tree_size" integer,
	"root" "bytea",
	"population" integer,
	"population_sha256" text,
	"drawn_at" timestamp (3) with time zone,
	"signed_by" text,
	"signed_at" timestamp (3) with time zone,
	"signed_entry" uuid
);
--> statement-breakpoint
CREATE TABLE "sample_item" (
	"sample" uuid NOT NULL,
	"position" integer NOT NULL,
	"item" uuid NOT NULL,
	"case_id" uuid,
	CONSTRAINT "item_is_drawn_once" PRIMARY KEY("sample","position")
);
--> statement-breakpoint
CREATE TABLE "sample_verdict" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sample" uuid NOT NULL,
	"position" integer NOT NULL,
	"verdict" text NOT NULL,
	"by_person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	"note" uuid
);
--> statement-breakpoint
ALTER TABLE "sample_item" ADD CONSTRAINT "item_is_of_a_sample" FOREIGN KEY ("sample") REFERENCES "public"."sample"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sample_verdict" ADD CONSTRAINT "verdict_is_on_an_item" FOREIGN KEY ("sample","position") REFERENCES "public"."sample_item"("sample","position") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mark_of_anomaly" ON "anomaly_mark" USING btree ("anomaly","id");--> statement-breakpoint
CREATE INDEX "sample_of_court" ON "sample" USING btree ("court","id");--> statement-breakpoint
CREATE INDEX "verdict_of_sample" ON "sample_verdict" USING btree ("sample","id");--> statement-breakpoint
CREATE INDEX "delivery_by_age" ON "delivery" USING btree ("shard","created_at");--> statement-breakpoint
CREATE INDEX "statement_by_arrival" ON "statement" USING btree ("shard","arrived_at");--> statement-breakpoint
-- By hand: a verdict, what was drawn, and what came of looking into something stay written.
do $$
declare
  kept text;
begin
  foreach kept in array array['anomaly_mark', 'sample_item', 'sample_verdict']
  loop
    execute format('create trigger changes_are_refused before update or delete on %I for each row execute function writ_refuse_change()', kept);
    execute format('create trigger truncation_is_refused before truncate on %I execute function writ_refuse_change()', kept);
    execute format('alter table %I enable always trigger changes_are_refused', kept);
    execute format('alter table %I enable always trigger truncation_is_refused', kept);
  end loop;
end
$$;
