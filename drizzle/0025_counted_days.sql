CREATE TABLE "anomaly_found" (
	"round" uuid NOT NULL,
	"anomaly" text NOT NULL,
	"kind" text NOT NULL,
	"court" text,
	"registry" text,
	"people" text[] NOT NULL,
	"cases" text[] NOT NULL,
	"case_count" integer NOT NULL,
	"entries" uuid[] NOT NULL,
	"count" integer NOT NULL,
	"median" double precision,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "anomaly_is_found_once_a_round" PRIMARY KEY("round","anomaly")
);
--> statement-breakpoint
CREATE TABLE "anomaly_round" (
	"id" uuid PRIMARY KEY NOT NULL,
	"scope" text NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"is_cut" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counted_day" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "day_is_counted_or_not" PRIMARY KEY("shard","day")
);
--> statement-breakpoint
CREATE TABLE "day_count" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"of" text NOT NULL,
	"key" text NOT NULL,
	"day" date NOT NULL,
	"court" text NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "day_is_counted_once" PRIMARY KEY("shard","of","key","day","court")
);
--> statement-breakpoint
ALTER TABLE "anomaly_found" ADD CONSTRAINT "anomaly_is_found_in_a_round" FOREIGN KEY ("round") REFERENCES "public"."anomaly_round"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_count" ADD CONSTRAINT "count_is_of_a_counted_day" FOREIGN KEY ("shard","day") REFERENCES "public"."counted_day"("shard","day") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "found_by_time" ON "anomaly_found" USING btree ("round","last_at");--> statement-breakpoint
CREATE INDEX "round_of_scope" ON "anomaly_round" USING btree ("scope","from_day","to_day","as_of");--> statement-breakpoint
CREATE INDEX "count_of_day" ON "day_count" USING btree ("shard","day");
--> statement-breakpoint
-- By hand: an entry that is written more than an hour after its own time uncounts its day, so that a counted day is always
-- complete. Whoever counts days holds the same lock alone, and only counts what has been over for an hour (src/store/count-days.ts).
create function writ_uncount_day() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(1668247156);
  delete from counted_day where shard = new.shard and day = (new.at at time zone 'UTC' + interval '8 hours')::date;
  return null;
end
$$;
--> statement-breakpoint
create trigger late_entry_uncounts_its_day after insert on entry
  for each row when (new.at < clock_timestamp() - interval '1 hour') execute function writ_uncount_day();
