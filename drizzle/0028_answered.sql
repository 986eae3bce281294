ALTER TABLE "delivery" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
-- By hand: what kind of word an earlier one was is encrypted; where there was only one, that one was the answer.
UPDATE "delivery" AS x SET "answered_at" = said."at"
FROM (SELECT "shard", "delivery", min("arrived_at") AS "at" FROM "statement" GROUP BY 1, 2 HAVING count(*) = 1) AS said
WHERE said."shard" = x."shard" AND said."delivery" = x."id" AND x."answer" NOT IN ('silent', 'received', 'accepted');
