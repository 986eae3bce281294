import { customType, smallint, timestamp } from 'drizzle-orm/pg-core'

/** Bytes exactly as they are. Both drivers take and give them as they are; signed bytes never pass through `jsonb`. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
})

/** A moment in time, to the millisecond that JavaScript keeps. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' })

/** First in the key of every hot table; see `here`. */
export const shardColumn = () => smallint('shard').notNull().default(0)

/**
 * The shard everything lives on for now. Hot queries filter on it with equality, so that the tables can be spread over
 * several databases by `shard` without touching a query.
 */
export const here = 0
