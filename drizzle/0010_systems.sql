CREATE TABLE "signed_case" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"client" text NOT NULL,
	"jti" text NOT NULL,
	"digest" text NOT NULL,
	"case_id" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"entry" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "signed_case_is_taken_once" PRIMARY KEY("shard","client","jti")
);
--> statement-breakpoint
CREATE TABLE "client" (
	"id" text PRIMARY KEY NOT NULL,
	"court" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "client_certificate" (
	"client" text NOT NULL,
	"sha256" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "certificate_stands_once_at_a_client" PRIMARY KEY("client","sha256")
);
--> statement-breakpoint
CREATE TABLE "client_key" (
	"client" text NOT NULL,
	"kid" text NOT NULL,
	"jwk" jsonb NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "kid_names_one_key_of_a_client" PRIMARY KEY("client","kid")
);
--> statement-breakpoint
CREATE TABLE "client_refusal" (
	"client" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "refusals_are_counted_by_the_hour" PRIMARY KEY("client","hour")
);
--> statement-breakpoint
CREATE TABLE "client_token" (
	"hash" text PRIMARY KEY NOT NULL,
	"client" text NOT NULL,
	"kid" text NOT NULL,
	"certificate" text,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "partner_jti" RENAME TO "used_jti";--> statement-breakpoint
ALTER TABLE "used_jti" RENAME COLUMN "registry" TO "issuer";--> statement-breakpoint
DROP INDEX "partner_jti_by_expiry";--> statement-breakpoint
ALTER TABLE "used_jti" DROP CONSTRAINT "partner_token_is_used_once";--> statement-breakpoint
ALTER TABLE "used_jti" ADD CONSTRAINT "jti_is_used_once" PRIMARY KEY("issuer","jti");--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "source" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "source_sequence" integer;--> statement-breakpoint
ALTER TABLE "party" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "registry" ADD COLUMN "state" text DEFAULT 'registered' NOT NULL;--> statement-breakpoint
ALTER TABLE "registry" ADD COLUMN "registered_by" text DEFAULT 'operator' NOT NULL;--> statement-breakpoint
ALTER TABLE "registry" ADD COLUMN "credential_proved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "registry" ADD COLUMN "conformance" jsonb;--> statement-breakpoint
ALTER TABLE "registry" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "registry_key" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "registry_key" ADD COLUMN "proved_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "signed_case" ADD CONSTRAINT "signed_case_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_certificate" ADD CONSTRAINT "client_certificate_client_client_id_fk" FOREIGN KEY ("client") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_key" ADD CONSTRAINT "client_key_client_client_id_fk" FOREIGN KEY ("client") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "client_token" ADD CONSTRAINT "client_token_client_client_id_fk" FOREIGN KEY ("client") REFERENCES "public"."client"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "client_token_by_expiry" ON "client_token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "used_jti_by_expiry" ON "used_jti" USING btree ("expires_at");--> statement-breakpoint
-- By hand: who was registered before this is live, and has proved itself by every call it has made.
UPDATE "registry" SET "state" = 'live', "credential_proved_at" = CASE WHEN "credential_user" IS NOT NULL THEN now() END;--> statement-breakpoint
UPDATE "registry_key" SET "proved_at" = "valid_from";--> statement-breakpoint
-- By hand: what was used once stays used, under a name that no client can have.
UPDATE "used_jti" SET "issuer" = 'registry:' || "issuer";
