CREATE TABLE "case_member" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"person" text NOT NULL,
	"named_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "member_stands_once_on_a_case" PRIMARY KEY("shard","case_id","person")
);
--> statement-breakpoint
CREATE TABLE "role_grant" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"role" text NOT NULL,
	"court" text,
	"team" text,
	"registry" text,
	"from_at" timestamp (3) with time zone NOT NULL,
	"until_at" timestamp (3) with time zone NOT NULL,
	"attest_by" timestamp (3) with time zone NOT NULL,
	"given_by" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "session" (
	"hash" text PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"person" text NOT NULL,
	"carrier" text NOT NULL,
	"method" text NOT NULL,
	"second" boolean NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	"idle_seconds" integer NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"issuer" text,
	"subject" text,
	"sid" text,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "session_has_one_name" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "team" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "is_sealed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "entry" ADD COLUMN "about" text;--> statement-breakpoint
ALTER TABLE "case_member" ADD CONSTRAINT "member_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cases_of_member" ON "case_member" USING btree ("shard","person");--> statement-breakpoint
CREATE INDEX "grant_of_person" ON "role_grant" USING btree ("person");--> statement-breakpoint
CREATE INDEX "session_of_person" ON "session" USING btree ("person");--> statement-breakpoint
CREATE INDEX "session_by_expiry" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "entry_about" ON "entry" USING btree ("shard","about","id");--> statement-breakpoint
-- By hand: a role that was held for ever is from now on held for a year, and looked at again within 90 days.
INSERT INTO "role_grant" ("id", "person", "role", "court", "from_at", "until_at", "attest_by", "given_by")
SELECT gen_random_uuid()::text, person.id, held.role, person.court, now(), now() + interval '1 year', now() + interval '90 days', 'operator'
FROM "person", jsonb_array_elements_text(person.roles) AS held(role);
