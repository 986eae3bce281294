DROP TABLE "token" CASCADE;--> statement-breakpoint
ALTER TABLE "person" DROP COLUMN "roles";