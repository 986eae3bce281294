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
CREATE TABLE "duty" (
	"id" uuid PRIMARY KEY NOT NULL,
	"court" text NOT NULL,
	"person" text NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"kept_by" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "escalation" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"request" uuid NOT NULL,
	"step" integer NOT NULL,
	"id" uuid NOT NULL,
	"person" text NOT NULL,
	"called_as" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	CONSTRAINT "one_is_called_a_step" PRIMARY KEY("shard","request","step")
);
--> statement-breakpoint
CREATE TABLE "repetition" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"request" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"until" text NOT NULL,
	"state" text NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"refused" text,
	"ended_by" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "order_is_repeated_once_at_a_time" PRIMARY KEY("shard","request")
);
--> statement-breakpoint
ALTER TABLE "approval" ADD COLUMN "role" text DEFAULT 'approver' NOT NULL;--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "replaces" uuid;--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "repeats" uuid;--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "request" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "duty" ADD CONSTRAINT "duty_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalation" ADD CONSTRAINT "escalation_is_of_a_request" FOREIGN KEY ("shard","request") REFERENCES "public"."request"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repetition" ADD CONSTRAINT "repetition_is_of_a_request" FOREIGN KEY ("shard","request") REFERENCES "public"."request"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_of_case" ON "draft" USING btree ("shard","case_id","id");--> statement-breakpoint
CREATE INDEX "draft_of_maker" ON "draft" USING btree ("shard","maker","id");--> statement-breakpoint
CREATE UNIQUE INDEX "request_is_corrected_once" ON "draft" USING btree ("shard","replaces") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "duty_at_court" ON "duty" USING btree ("court","until_at");--> statement-breakpoint
CREATE INDEX "repetition_due" ON "repetition" USING btree ("shard","next_at") WHERE state = 'running';--> statement-breakpoint
CREATE INDEX "request_urgent" ON "request" USING btree ("shard","id") WHERE urgent and state = 'submitted';--> statement-breakpoint
CREATE INDEX "request_repeats" ON "request" USING btree ("shard","repeats") WHERE repeats is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "request_has_one_successor" ON "request" USING btree ("shard","replaces") WHERE replaces is not null;
--> statement-breakpoint
-- By hand: that somebody was called, and when, stays written.
create trigger changes_are_refused before update or delete on escalation
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger truncation_is_refused before truncate on escalation execute function writ_refuse_change();
--> statement-breakpoint
alter table escalation enable always trigger changes_are_refused;
--> statement-breakpoint
alter table escalation enable always trigger truncation_is_refused;
