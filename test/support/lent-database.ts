import { sql } from 'drizzle-orm'
import type { Database } from '../../src/store/database.ts'
import { ensurePartitions } from '../../src/store/upkeep.ts'

/** Migrated databases of this worker that no file has at the moment. */
const idle: Database[] = []

/**
 * An empty database: one that an earlier file has given back, else a new one by `make`. The engine has read and planned
 * what the gateway asks by then; to begin anew with every file is half of what a short file costs. Whoever still asks a
 * database after its `close` gets an error, and nothing of the next file.
 */
export async function lendDatabase(make: () => Promise<Database>): Promise<Database> {
  const database = idle.pop() ?? (await remembering(await make()))
  return lent(database, async () => {
    await empty(database)
    idle.push(database)
  })
}

function lent(database: Database, giveBack: () => Promise<void>): Database {
  const { proxy: queries, revoke } = Proxy.revocable(database.queries, {})
  let closed: Promise<void> | undefined
  return {
    ...database,
    queries,
    transaction: (body) => {
      if (closed) throw new Error('this database is closed')
      return database.transaction(body)
    },
    close: () => {
      revoke()
      closed ??= giveBack()
      return closed
    },
  }
}

/** Keeps aside what a migrated database has from the first: its tables, and the rows that migrations put there. */
async function remembering(database: Database): Promise<Database> {
  await ensurePartitions(database, new Date())
  await database.queries.execute(sql`
    do $$
    declare name text; filled boolean;
    begin
      create schema kept;
      create table kept.tables as select tablename from pg_tables where schemaname = 'public';
      create table kept.refusals as select oid, prosrc from pg_proc where proname like 'writ\_refuse%';
      create table kept.filled (tablename text);
      for name in select tablename from kept.tables loop
        execute format('select exists (select from only %I)', name) into filled;
        if filled then
          insert into kept.filled values (name);
          execute format('create table kept.%I as table %I', name, name);
        end if;
      end loop;
    end $$`)
  return database
}

/**
 * As it was at first. What may only be added goes too, so what refuses that is put to sleep meanwhile; a partition of
 * days far away is dropped.
 */
async function empty({ queries }: Database): Promise<void> {
  await queries.execute(sql`
    do $$
    declare name text; filled boolean;
    begin
      set local session_replication_role = replica;
      update pg_proc set prosrc = 'begin return old; end' where oid in (select oid from kept.refusals);
      for name in select tablename from pg_tables where schemaname = 'public' loop
        if name not in (select tablename from kept.tables) then
          execute format('drop table %I', name);
          continue;
        end if;
        execute format('select exists (select from only %I)', name) into filled;
        if filled then execute format('delete from only %I', name); end if;
      end loop;
      for name in select tablename from kept.filled loop
        execute format('insert into %I overriding system value table kept.%I', name, name);
      end loop;
      update pg_proc set prosrc = kept.refusals.prosrc from kept.refusals where pg_proc.oid = kept.refusals.oid;
      alter sequence pending_seq_seq restart;
      perform pg_advisory_unlock_all();
    end $$`)
}
