-- The tables as src/store/schema/ has them, made by drizzle-kit and read by a person. Completed by hand:
-- `entry` and `payload` are partitioned by their UUIDv7 ids (drizzle-kit knows no partitions); 0001 says how and adds
-- the triggers that make the past append-only.
CREATE TABLE "case_file" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"number" text NOT NULL,
	"court" text NOT NULL,
	"standing" text NOT NULL,
	"claim" text NOT NULL,
	"costs" text NOT NULL,
	"judge" text NOT NULL,
	"entered_by" text NOT NULL,
	"confirmed_by" text,
	"seq" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "case_file_has_one_row" PRIMARY KEY("shard","id"),
	CONSTRAINT "case_number_names_one_case" UNIQUE("shard","number")
);
--> statement-breakpoint
CREATE TABLE "document" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"sha256" text NOT NULL,
	"kind" text NOT NULL,
	"number" text NOT NULL,
	"media_type" text NOT NULL,
	"length" integer NOT NULL,
	"payload" uuid NOT NULL,
	"stored_by" text NOT NULL,
	CONSTRAINT "document_is_kept_once_a_case" PRIMARY KEY("shard","case_id","sha256")
);
--> statement-breakpoint
CREATE TABLE "party" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"id" text NOT NULL,
	"role" text NOT NULL,
	"subject" uuid NOT NULL,
	"entered_by" text NOT NULL,
	"confirmed_by" text,
	CONSTRAINT "party_stands_once_in_its_case" PRIMARY KEY("shard","case_id","id")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"delivery" uuid NOT NULL,
	"number" integer NOT NULL,
	"id" uuid NOT NULL,
	"act" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attempt_has_one_number" PRIMARY KEY("shard","delivery","number"),
	CONSTRAINT "attempt_has_one_row" UNIQUE("shard","id")
);
--> statement-breakpoint
CREATE TABLE "attempt_outcome" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"attempt" uuid NOT NULL,
	"outcome" text NOT NULL,
	"detail" text,
	"ended_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "attempt_ends_once" PRIMARY KEY("shard","attempt")
);
--> statement-breakpoint
CREATE TABLE "delivery" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"request" uuid NOT NULL,
	"registry" text NOT NULL,
	"reference" text NOT NULL,
	"measure" text NOT NULL,
	"case_seq" integer NOT NULL,
	"phase" text NOT NULL,
	"answer" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"valid_until" timestamp (3) with time zone NOT NULL,
	"respond_by" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone,
	"envelope" uuid NOT NULL,
	"rendering" uuid,
	CONSTRAINT "delivery_has_one_row" PRIMARY KEY("shard","id")
);
--> statement-breakpoint
CREATE TABLE "delivery_address" (
	"registry" text NOT NULL,
	"reference" text NOT NULL,
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"delivery" uuid NOT NULL,
	CONSTRAINT "reference_names_one_delivery" PRIMARY KEY("registry","reference")
);
--> statement-breakpoint
CREATE TABLE "checkpoint" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"leaf" "bytea" NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	"person" text,
	"court" text,
	"case_id" text,
	"case_seq" integer,
	"request" text,
	"delivery" text,
	"registry" text,
	"payload" uuid,
	CONSTRAINT "entry_has_one_row" PRIMARY KEY("shard","id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE TABLE "leaf" (
	"idx" bigint PRIMARY KEY NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "entry_has_one_place" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "log_state" (
	"one" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"size" bigint NOT NULL,
	"root" "bytea" NOT NULL,
	CONSTRAINT "log_has_one_state" CHECK (one)
);
--> statement-breakpoint
CREATE TABLE "pending" (
	"seq" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "pending_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entry_id" uuid NOT NULL,
	"leaf_hash" "bytea" NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tile" (
	"level" smallint NOT NULL,
	"index" bigint NOT NULL,
	"width" smallint NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "tile_has_one_row" PRIMARY KEY("level","index"),
	CONSTRAINT "tile_is_as_wide_as_it_says" CHECK (octet_length(bytes) = 32 * width and width between 1 and 256)
);
--> statement-breakpoint
CREATE TABLE "data_key" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid,
	"kek" text NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_key_has_one_row" PRIMARY KEY("shard","id")
);
--> statement-breakpoint
CREATE TABLE "payload" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"kind" text NOT NULL,
	"length" integer NOT NULL,
	"commitment" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "payload_has_one_row" PRIMARY KEY("shard","id")
) PARTITION BY RANGE ("id");
--> statement-breakpoint
CREATE TABLE "idempotency" (
	"client" text NOT NULL,
	"key" text NOT NULL,
	"digest" text NOT NULL,
	"status" smallint NOT NULL,
	"location" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "key_is_answered_once" PRIMARY KEY("client","key")
);
--> statement-breakpoint
CREATE TABLE "partner_jti" (
	"registry" text NOT NULL,
	"jti" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "partner_token_is_used_once" PRIMARY KEY("registry","jti")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"name" text NOT NULL,
	"court" text,
	"roles" jsonb NOT NULL,
	CONSTRAINT "username_names_one_person" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "registry" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"adapter" text NOT NULL,
	"asset_classes" jsonb NOT NULL,
	"measures" jsonb NOT NULL,
	"mode" text NOT NULL,
	"origin" text,
	"credential_user" text,
	"credential_hash" text,
	"respond_within_hours" integer NOT NULL,
	"demo" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "registry_key" (
	"registry" text NOT NULL,
	"kid" text NOT NULL,
	"jwk" jsonb NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"retired_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "kid_names_one_key" PRIMARY KEY("registry","kid")
);
--> statement-breakpoint
CREATE TABLE "token" (
	"hash" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"request" uuid NOT NULL,
	"id" uuid NOT NULL,
	"decision" text NOT NULL,
	"person" text NOT NULL,
	"person_name" text NOT NULL,
	"comment" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "approval_has_one_row" PRIMARY KEY("shard","request","id")
);
--> statement-breakpoint
CREATE TABLE "request" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"court" text NOT NULL,
	"measure" text NOT NULL,
	"party" text NOT NULL,
	"state" text NOT NULL,
	"maker" text NOT NULL,
	"submitted_at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	"asked" uuid NOT NULL,
	CONSTRAINT "request_has_one_row" PRIMARY KEY("shard","id")
);
--> statement-breakpoint
CREATE TABLE "control" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"id" text NOT NULL,
	"delivery" uuid NOT NULL,
	"registry" text NOT NULL,
	"measure" text NOT NULL,
	"asset_class" text NOT NULL,
	"asset_ref" text NOT NULL,
	"effect" text NOT NULL,
	"ended_by" text,
	"amount" text,
	"over_quota" text,
	"quantity" text,
	"from_day" date,
	"to_day" date,
	"queue_place" integer,
	"control_no" text,
	"effective_from" timestamp (3) with time zone,
	"registered_at" timestamp (3) with time zone,
	"statement" uuid NOT NULL,
	CONSTRAINT "control_has_one_row" PRIMARY KEY("shard","case_id","id")
);
--> statement-breakpoint
CREATE TABLE "quarantine" (
	"registry" text NOT NULL,
	"id" uuid NOT NULL,
	"delivery" text,
	"code" text NOT NULL,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	"payload" uuid NOT NULL,
	CONSTRAINT "quarantined_message_has_one_row" PRIMARY KEY("registry","id")
);
--> statement-breakpoint
CREATE TABLE "sealed_receipt" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"delivery" uuid NOT NULL,
	"sha256" text NOT NULL,
	"media_type" text NOT NULL,
	"payload" uuid NOT NULL,
	CONSTRAINT "sealed_receipt_is_kept_once" PRIMARY KEY("shard","delivery","sha256")
);
--> statement-breakpoint
CREATE TABLE "statement" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"delivery" uuid NOT NULL,
	"sequence" integer NOT NULL,
	"id" uuid NOT NULL,
	"jti" text NOT NULL,
	"digest" text NOT NULL,
	"grade" text NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	"arrived_at" timestamp (3) with time zone NOT NULL,
	"entry" uuid NOT NULL,
	"receipt" text NOT NULL,
	"message" uuid NOT NULL,
	"reading" uuid NOT NULL,
	CONSTRAINT "statement_has_one_row" PRIMARY KEY("shard","id"),
	CONSTRAINT "sequence_is_used_once_a_delivery" UNIQUE("shard","delivery","sequence"),
	CONSTRAINT "jti_is_used_once_a_delivery" UNIQUE("shard","delivery","jti")
);
--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "party" ADD CONSTRAINT "party_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_is_of_a_delivery" FOREIGN KEY ("shard","delivery") REFERENCES "public"."delivery"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt_outcome" ADD CONSTRAINT "outcome_is_of_an_attempt" FOREIGN KEY ("shard","attempt") REFERENCES "public"."attempt"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_is_of_a_request" FOREIGN KEY ("shard","request") REFERENCES "public"."request"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "registry_key" ADD CONSTRAINT "registry_key_registry_registry_code_fk" FOREIGN KEY ("registry") REFERENCES "public"."registry"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "token" ADD CONSTRAINT "token_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_is_of_a_request" FOREIGN KEY ("shard","request") REFERENCES "public"."request"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request" ADD CONSTRAINT "request_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "statement" ADD CONSTRAINT "statement_is_about_a_delivery" FOREIGN KEY ("shard","delivery") REFERENCES "public"."delivery"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_of_court" ON "case_file" USING btree ("shard","court","id");--> statement-breakpoint
CREATE INDEX "delivery_of_request" ON "delivery" USING btree ("shard","request","id");--> statement-breakpoint
CREATE INDEX "delivery_of_case" ON "delivery" USING btree ("shard","case_id","id");--> statement-breakpoint
CREATE INDEX "delivery_due" ON "delivery" USING btree ("shard","registry","due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "entry_by_time" ON "entry" USING btree ("shard","at");--> statement-breakpoint
CREATE INDEX "entry_by_kind" ON "entry" USING btree ("shard","kind","id");--> statement-breakpoint
CREATE INDEX "entry_of_case" ON "entry" USING btree ("shard","case_id","id");--> statement-breakpoint
CREATE INDEX "entry_of_request" ON "entry" USING btree ("shard","request","id");--> statement-breakpoint
CREATE INDEX "entry_of_delivery" ON "entry" USING btree ("shard","delivery","id");--> statement-breakpoint
CREATE INDEX "entry_of_registry" ON "entry" USING btree ("shard","registry","id");--> statement-breakpoint
CREATE INDEX "entry_of_person" ON "entry" USING btree ("shard","person","id");--> statement-breakpoint
CREATE INDEX "entry_of_court" ON "entry" USING btree ("shard","court","id");--> statement-breakpoint
CREATE UNIQUE INDEX "case_has_one_data_key" ON "data_key" USING btree ("shard","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "gateway_has_one_data_key" ON "data_key" USING btree ("shard") WHERE case_id is null;--> statement-breakpoint
CREATE INDEX "payload_under_key" ON "payload" USING btree ("shard","key");--> statement-breakpoint
CREATE INDEX "idempotency_by_age" ON "idempotency" USING btree ("at");--> statement-breakpoint
CREATE INDEX "partner_jti_by_expiry" ON "partner_jti" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "token_by_expiry" ON "token" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "request_of_case" ON "request" USING btree ("shard","case_id","id");--> statement-breakpoint
CREATE INDEX "request_of_court" ON "request" USING btree ("shard","court","id");--> statement-breakpoint
CREATE INDEX "request_of_court_by_state" ON "request" USING btree ("shard","court","state","id");--> statement-breakpoint
CREATE INDEX "control_by_last_day" ON "control" USING btree ("shard","to_day");--> statement-breakpoint
CREATE INDEX "control_of_asset" ON "control" USING btree ("shard","asset_ref");--> statement-breakpoint
CREATE INDEX "quarantine_by_arrival" ON "quarantine" USING btree ("registry","arrived_at");
