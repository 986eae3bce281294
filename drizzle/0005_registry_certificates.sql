CREATE TABLE "registry_certificate" (
	"registry" text NOT NULL,
	"sha256" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "certificate_is_registered_once" PRIMARY KEY("registry","sha256")
);
--> statement-breakpoint
ALTER TABLE "registry_certificate" ADD CONSTRAINT "registry_certificate_registry_registry_code_fk" FOREIGN KEY ("registry") REFERENCES "public"."registry"("code") ON DELETE no action ON UPDATE no action;