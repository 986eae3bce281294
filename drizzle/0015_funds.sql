CREATE TABLE "arrival" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"id" uuid NOT NULL,
	"court" text NOT NULL,
	"reference_hash" text NOT NULL,
	"amount" text NOT NULL,
	"currency" text NOT NULL,
	"on_day" date NOT NULL,
	"reading" uuid NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"case_id" uuid,
	"delivery" uuid,
	"matched_by" text,
	"matched_at" timestamp (3) with time zone,
	CONSTRAINT "arrival_has_one_row" PRIMARY KEY("shard","id"),
	CONSTRAINT "credit_arrives_once_at_a_court" UNIQUE("shard","court","reference_hash")
);
--> statement-breakpoint
CREATE TABLE "fund_account" (
	"shard" smallint DEFAULT 0 NOT NULL,
	"case_id" uuid NOT NULL,
	"id" uuid NOT NULL,
	"payee" uuid NOT NULL,
	"entered_by" text NOT NULL,
	"entered_at" timestamp (3) with time zone NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	CONSTRAINT "fund_account_is_entered_once" PRIMARY KEY("shard","case_id","id")
);
--> statement-breakpoint
ALTER TABLE "arrival" ADD CONSTRAINT "arrival_is_of_a_transfer" FOREIGN KEY ("shard","delivery") REFERENCES "public"."delivery"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fund_account" ADD CONSTRAINT "fund_account_belongs_to_a_case" FOREIGN KEY ("shard","case_id") REFERENCES "public"."case_file"("shard","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "arrival_of_court" ON "arrival" USING btree ("shard","court","id");--> statement-breakpoint
CREATE INDEX "arrival_of_case" ON "arrival" USING btree ("shard","case_id") WHERE case_id is not null;--> statement-breakpoint
CREATE INDEX "arrival_unmatched" ON "arrival" USING btree ("shard","court","id") WHERE delivery is null;--> statement-breakpoint
CREATE INDEX "transfer_by_name" ON "delivery" USING btree ("shard","reference") WHERE measure = 'transfer';