-- By hand: a sender makes the name of a message of what it likes, a party's number among it. Kept is only what tells
-- names apart, their SHA-256 in base64url: the same message, shown again after this, is known as before.
UPDATE "signed_case" SET "jti" = rtrim(translate(encode(sha256(convert_to("jti", 'UTF8')), 'base64'), '+/', '-_'), '=');--> statement-breakpoint
UPDATE "used_jti" SET "jti" = rtrim(translate(encode(sha256(convert_to("jti", 'UTF8')), 'base64'), '+/', '-_'), '=');
