CREATE TABLE "account" (
	"person" text PRIMARY KEY NOT NULL,
	"hash" text,
	"must_change" boolean DEFAULT false NOT NULL,
	"printed" boolean DEFAULT false NOT NULL,
	"valid_until" timestamp (3) with time zone,
	"changed_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"failed_at" timestamp (3) with time zone,
	"locked_until" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "external_identity" (
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"person" text NOT NULL,
	"bound_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "subject_is_one_person" PRIMARY KEY("issuer","subject"),
	CONSTRAINT "person_is_one_subject" UNIQUE("issuer","person")
);
--> statement-breakpoint
CREATE TABLE "factor" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"kind" text NOT NULL,
	"secret" uuid,
	"thumbprint" text,
	"label" text,
	"last_step" bigint DEFAULT 0 NOT NULL,
	"set_at" timestamp (3) with time zone NOT NULL,
	"set_by" text NOT NULL,
	"confirmed_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "logout_jti" (
	"issuer" text NOT NULL,
	"jti" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "logout_token_is_used_once" PRIMARY KEY("issuer","jti")
);
--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "external_identity" ADD CONSTRAINT "external_identity_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "factor" ADD CONSTRAINT "factor_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "factor_of_person" ON "factor" USING btree ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "certificate_is_one_persons" ON "factor" USING btree ("thumbprint") WHERE ended_at is null;