import { recordKinds } from '../../src/ledger/record.ts'

export type Volume = { readonly entries: number; readonly requests: number }

/** Runs one statement; all of them in the same session, because the functions they call are of that session. */
export type Run = (statement: string) => Promise<unknown>

/**
 * Puts a court's years of work into a database that has been migrated, older than whatever is done in it next: rows by the
 * hundred thousand, in the shapes and proportions of real ones. What they say is in no payload: they are there to be found,
 * counted and passed over. Their leaves have places in the log that no tree knows.
 */
export async function fill(
  run: Run,
  { entries, requests }: Volume,
  court: string,
  people: readonly string[],
  registries: readonly string[],
) {
  const cases = Math.max(1, Math.round(requests / 5))
  const from = Date.now() - 300 * 86_400_000
  const step = (count: number) => Math.max(1, Math.floor((299 * 86_400_000) / count))
  await run(`
      create function pg_temp.id(salt int, ms bigint, i bigint) returns uuid language sql immutable as $$
        select (lpad(to_hex(ms), 12, '0') || '7' || lpad(to_hex(salt), 3, '0') || '8' || lpad(to_hex(i), 15, '0'))::uuid $$`)
  await run(`
      create function pg_temp.pick(of text[], i bigint) returns text language sql immutable as $$
        select of[1 + abs(hashint8(i)) % array_length(of, 1)] $$`)
  await run(`
      create function pg_temp.at(ms bigint) returns timestamptz language sql immutable as $$
        select to_timestamp(ms / 1000.0) $$`)
  // As a gateway that ran all that time would have made them.
  for (let month = 0; month <= 11; month += 1)
    await run(`select writ_ensure_partition('entry', now() - interval '${month} months')`)
  const list = (of: readonly string[]) => `array[${of.map((one) => `'${one}'`).join(',')}]`
  const msOf = (count: number, i = 'i') => `(${from}::bigint + ${i} * ${step(count)})`
  await run(`
      insert into case_file (shard, id, number, court, standing, claim, costs, judge, entered_by, confirmed_by, created_at)
      select 0, pg_temp.id(1, ${msOf(cases)}, i), '（2019）津0116执' || i || '号', '${court}', 'open', '100000.00', '0.00',
        '周正', 'bench', 'bench', pg_temp.at(${msOf(cases)})
      from generate_series(1::bigint, ${cases}) i`)
  const caseOf = `pg_temp.id(1, ${msOf(cases, `(1 + i % ${cases})`)}, 1 + i % ${cases})`
  const measures = list(['inquire', 'inquire', 'inquire', 'freeze', 'seal', 'release'])
  await run(`
      insert into request (shard, id, case_id, court, measure, party, state, maker, submitted_at, entry, asked)
      select 0, pg_temp.id(2, ${msOf(requests)}, i), ${caseOf}, '${court}', pg_temp.pick(${measures}, i), 'bench', 'approved',
        pg_temp.pick(${list(people)}, i), pg_temp.at(${msOf(requests)}), gen_random_uuid(), gen_random_uuid()
      from generate_series(1::bigint, ${requests}) i`)
  const answers = list(['executed', 'executed', 'nothing', 'nothing', 'refused', 'executed', 'silent'])
  await run(`
      insert into delivery (shard, id, case_id, request, registry, reference, measure, case_seq, phase, answer, created_at,
        valid_until, respond_by, attempts, envelope)
      select 0, pg_temp.id(3, ${msOf(requests)}, i), ${caseOf}, pg_temp.id(2, ${msOf(requests)}, i),
        pg_temp.pick(${list(registries)}, i + 7), 'bench-' || i, pg_temp.pick(${measures}, i), 1,
        case when pg_temp.pick(${answers}, i) = 'silent' then 'handed' else 'answered' end, pg_temp.pick(${answers}, i),
        pg_temp.at(${msOf(requests)}), pg_temp.at(${msOf(requests)}) + interval '30 days',
        pg_temp.at(${msOf(requests)}) + interval '3 days', 1, gen_random_uuid()
      from generate_series(1::bigint, ${requests}) i`)
  await run(`
      insert into statement (shard, delivery, sequence, id, jti, digest, grade, issued_at, arrived_at, entry, receipt, message, reading)
      select 0, id, 1, gen_random_uuid(), id::text, 'bench', 'A', created_at + interval '2 minutes',
        created_at + interval '3 minutes' + (hashint8(case_seq::bigint) % 60) * interval '1 second', gen_random_uuid(), '', gen_random_uuid(), gen_random_uuid()
      from delivery where reference like 'bench-%' and answer <> 'silent'`)
  await run(`
      update delivery set answered_at = said.arrived_at from statement said
      where said.shard = 0 and said.delivery = delivery.id and delivery.reference like 'bench-%'
        and delivery.answer not in ('silent', 'received', 'accepted')`)
  await run(`
      insert into control (shard, case_id, id, delivery, registry, measure, asset_class, asset_ref, effect, amount, from_day, to_day, statement)
      select 0, case_id, id::text, id, registry, measure, case measure when 'freeze' then 'deposit' else 'real-estate' end,
        md5(id::text), case when row_number() over () % 9 = 0 then 'ended' else 'effective' end, '1000.00',
        created_at::date, (created_at + interval '1 year')::date, gen_random_uuid()
      from delivery where reference like 'bench-%' and answer = 'executed' and measure in ('freeze', 'seal')`)
  await run(`
      insert into task (shard, id, case_id, key, kind, owner, due, raised_at, raised_by, entry, outcome, ended_by, ended_at)
      select 0, pg_temp.id(4, ${msOf(cases)}, i), pg_temp.id(1, ${msOf(cases)}, i), 'bench', 'press-registry',
        pg_temp.pick(${list(people)}, i), pg_temp.at(${msOf(cases)}) + interval '5 days', pg_temp.at(${msOf(cases)}), 'registry-silent',
        gen_random_uuid(), case when i % 20 <> 0 then 'done' end, case when i % 20 <> 0 then 'bench' end,
        case when i % 20 <> 0 then pg_temp.at(${msOf(cases)}) end
      from generate_series(1::bigint, ${cases}) i`)
  const perRequest = `(1 + i % ${requests})`
  await run(`
      insert into entry (shard, id, at, kind, leaf, leaf_hash, person, court, case_id, case_seq, request, delivery, registry)
      select 0, pg_temp.id(5, ${msOf(entries)}, i), pg_temp.at(${msOf(entries)}), pg_temp.pick(${list(recordKinds)}, i),
        decode(repeat(md5(i::text), 24), 'hex'), decode(md5(i::text) || md5((i + 1)::text), 'hex'),
        pg_temp.pick(${list(people)}, i), '${court}', ${caseOf}::text, (i / ${cases})::int + 1,
        pg_temp.id(2, ${msOf(requests, perRequest)}, ${perRequest})::text, pg_temp.id(3, ${msOf(requests, perRequest)}, ${perRequest})::text,
        pg_temp.pick(${list(registries)}, i)
      from generate_series(1::bigint, ${entries}) i`)
  await run(`
      insert into leaf (idx, entry_id)
      select 1000000000 + i, pg_temp.id(5, ${msOf(entries)}, i) from generate_series(1::bigint, ${entries}) i`)
  await run('vacuum analyze')
}
