-- By hand: what drizzle-kit cannot say. Runs the same on PostgreSQL 15-18 and on PGlite.
--
-- 1. What was written stays written: UPDATE, DELETE and TRUNCATE are refused on the tables that are evidence.
-- 2. `entry` and `payload` get a partition a month, and a default one so that nothing is ever lost.
-- 3. The log's one row of state.
--
-- Every trigger is `enable always`: neither the owner nor session_replication_role = replica gets past it. Whoever may
-- drop a trigger or detach a partition still can; that is found out by the tree and its witnesses, not prevented here.


-- 1. Append-only

create function writ_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: append-only', tg_op, tg_table_name using errcode = 'WR001';
end
$$;
--> statement-breakpoint

-- A payload may go only beside an erasure (design section 4, Payloads): the transaction that deletes it has itself
-- written the erasure's entry, and names it:  set local writ.erasure = '<id of the entry>'
create function writ_refuse_change_of_payload() returns trigger language plpgsql as $$
declare
  erasure text := nullif(current_setting('writ.erasure', true), '');
begin
  if tg_op = 'DELETE' and erasure is not null and exists (
    select from entry
    where id = erasure::uuid
      and kind = 'erasure'
      and entry.xmin = pg_current_xact_id()::xid
  ) then
    return old;
  end if;
  raise exception '% on % is refused: append-only', tg_op, tg_table_name using errcode = 'WR001';
end
$$;
--> statement-breakpoint

-- A kept tile is the beginning of the longer one, or somebody rewrites the past.
create function writ_refuse_rewritten_tile() returns trigger language plpgsql as $$
begin
  if new.level = old.level
    and new.index = old.index
    and new.width >= old.width
    and substring(new.bytes from 1 for octet_length(old.bytes)) = old.bytes
  then
    return new;
  end if;
  raise exception 'a tile only grows' using errcode = 'WR002';
end
$$;
--> statement-breakpoint

create trigger changes_are_refused before update or delete on entry
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger changes_are_refused before update or delete on payload
  for each row execute function writ_refuse_change_of_payload();
--> statement-breakpoint
create trigger changes_are_refused before update or delete on statement
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger changes_are_refused before update or delete on attempt
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger changes_are_refused before update or delete on attempt_outcome
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger changes_are_refused before update or delete on leaf
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger changes_are_refused before update or delete on checkpoint
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger changes_are_refused before delete on tile
  for each row execute function writ_refuse_change();
--> statement-breakpoint
create trigger tile_only_grows before update on tile
  for each row execute function writ_refuse_rewritten_tile();
--> statement-breakpoint

-- TRUNCATE fires no row triggers and is not inherited by partitions: each table and each partition has its own.
do $$
declare
  kept text;
begin
  foreach kept in array array['entry', 'payload', 'statement', 'attempt', 'attempt_outcome', 'leaf', 'checkpoint', 'tile']
  loop
    execute format('create trigger truncation_is_refused before truncate on %I execute function writ_refuse_change()', kept);
    execute format('alter table %I enable always trigger truncation_is_refused', kept);
    execute format('alter table %I enable always trigger changes_are_refused', kept);
  end loop;
end
$$;
--> statement-breakpoint
alter table tile enable always trigger tile_only_grows;
--> statement-breakpoint


-- 2. Partitions by month

-- The smallest UUIDv7 of a moment: its first 48 bits are milliseconds since 1970.
create function writ_uuid_at(moment timestamptz) returns uuid language sql immutable as $$
  select (substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-0000-0000-000000000000')::uuid
  from lpad(to_hex((extract(epoch from moment) * 1000)::bigint), 12, '0') as hex
$$;
--> statement-breakpoint

-- Gives a table made by `partition of` the triggers that are not inherited, or not with `always`.
create function writ_keep_partition(part text) returns void language plpgsql as $$
begin
  execute format('create trigger truncation_is_refused before truncate on %I execute function writ_refuse_change()', part);
  execute format('alter table %I enable always trigger truncation_is_refused', part);
  execute format('alter table %I enable always trigger changes_are_refused', part);
end
$$;
--> statement-breakpoint

-- Makes the partition of `parent` for the month that `moment` is in. False when there is one, or when rows of that month
-- lie in the default partition already: nothing may be moved, so there they stay, and are found there.
create function writ_ensure_partition(parent text, moment timestamptz) returns boolean language plpgsql as $$
declare
  first_day timestamptz := date_trunc('month', moment, 'UTC');
  next_first timestamptz := date_trunc('month', first_day + interval '45 days', 'UTC');
  part text := parent || to_char(first_day at time zone 'UTC', '_YYYY_MM');
begin
  if to_regclass(part) is not null then
    return false;
  end if;
  execute format(
    'create table %I partition of %I for values from (%L) to (%L)',
    part, parent, writ_uuid_at(first_day), writ_uuid_at(next_first)
  );
  perform writ_keep_partition(part);
  return true;
exception
  when check_violation then
    return false;
end
$$;
--> statement-breakpoint

create table entry_default partition of entry default;
--> statement-breakpoint
create table payload_default partition of payload default;
--> statement-breakpoint
select writ_keep_partition('entry_default'), writ_keep_partition('payload_default');
--> statement-breakpoint


-- 3. A new log stands at no leaves; the root of nothing is SHA-256 of nothing.
insert into log_state (size, root)
values (0, decode('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', 'hex'));
