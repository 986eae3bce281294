import { PGlite, parse, protocol, type QueryOptions, type Results, type Transaction } from '@electric-sql/pglite'

const { serialize } = protocol

/**
 * The embedded engine, told a whole query at once. PGlite tells it in six turns, of which the second only asks for the
 * types of parameters; a parameter is a text here, of which PostgreSQL knows the type, so that one turn is enough: half of
 * what a short query costs.
 */
export class QuickEngine extends PGlite {
  override async query<T>(sql: string, params: unknown[] = [], options?: QueryOptions): Promise<Results<T>> {
    await this._checkReady()
    return this._runExclusiveTransaction(() => this.#tell<T>(sql, params, options))
  }

  override transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    return super.transaction((tx) => {
      const query = <Row>(sql: string, params: unknown[] = [], options?: QueryOptions): Promise<Results<Row>> => {
        if (tx.closed) throw new Error('this transaction is over')
        return this.#tell<Row>(sql, params, options)
      }
      return body(Object.assign(Object.create(tx), { query }))
    })
  }

  /** Arrays drizzle takes apart itself; the types of all that the catalogue has would be copied at each query. */
  override async _initArrayTypes(): Promise<void> {}

  #tell<T>(sql: string, params: readonly unknown[], options?: QueryOptions): Promise<Results<T>> {
    const whole = Buffer.concat([
      serialize.parse({ text: sql }),
      serialize.bind({ values: params.map(spelt) }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ])
    return this._runExclusiveQuery(async () => {
      const messages = await this.execProtocolStream(whole, { syncToFs: false })
      const [results] = parse.parseResults(messages, this.parsers, options)
      return results as Results<T>
    })
  }
}

/** As PostgreSQL reads it, whatever the type it finds for it. */
function spelt(value: unknown): string | null {
  if (value === null || value === undefined) return null
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
  }
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`
  throw new TypeError('what goes to the database is a text, a number, a truth value or bytes')
}
