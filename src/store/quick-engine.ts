import { PGlite, parse, protocol, type QueryOptions, type Results, type Transaction } from '@electric-sql/pglite'

const { serialize } = protocol
type Message = Parameters<typeof parse.parseResults>[0][number]

/** A statement the engine has read and planned; `columns` is how it described what comes back. */
type Prepared = { readonly name: string; readonly columns: readonly Message[] }

/** More than the gateway has; lists of many lengths make many more. */
const mostPrepared = 300

/**
 * The embedded engine, told a whole query at once and each query's text once. PGlite tells every query in six turns and
 * PostgreSQL reads, checks and plans it anew each time: three quarters of what a short query costs. Parameters go as texts,
 * whose types PostgreSQL knows from where they stand.
 */
export class QuickEngine extends PGlite {
  /** By their text, the one used longest ago first. */
  readonly #prepared = new Map<string, Prepared>()
  /** Names to be forgotten with the next query. */
  #stale: string[] = []
  #named = 0

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
    const values = params.map(spelt)
    return this._runExclusiveQuery(async () => {
      const messages = await this.#answerTo(sql, values)
      const [results] = parse.parseResults(
        messages,
        this.#parsersWith(options),
        options && { rowMode: options.rowMode ?? 'object' },
      )
      return results as Results<T>
    })
  }

  /** Those of one query before those of all: as a chain, where PGlite would copy all of them for each query. */
  #parsersWith(options: QueryOptions | undefined): typeof this.parsers {
    return options?.parsers ? Object.assign(Object.create(this.parsers), options.parsers) : this.parsers
  }

  async #answerTo(sql: string, values: (string | null)[]): Promise<Message[]> {
    const known = this.#prepared.get(sql)
    const name = known?.name ?? this.#newName()
    const train = [
      ...this.#stale.map((stale) => serialize.close({ type: 'S', name: stale })),
      ...(known ? [] : [serialize.parse({ name, text: sql })]),
      serialize.bind({ statement: name, values }),
      ...(known ? [] : [serialize.describe({ type: 'P' })]),
      serialize.execute({}),
      serialize.sync(),
    ]
    this.#stale = []
    this.#prepared.delete(sql)
    try {
      const messages = await this.execProtocolStream(Buffer.concat(train), { syncToFs: false })
      const columns = known?.columns ?? messages.filter((message) => message.name === 'rowDescription')
      this.#prepared.set(sql, { name, columns })
      return known ? [...columns, ...messages] : messages
    } catch (fault) {
      this.#stale.push(name)
      throw fault
    }
  }

  #newName(): string {
    const [oldest] = this.#prepared
    if (oldest && this.#prepared.size >= mostPrepared) {
      this.#prepared.delete(oldest[0])
      this.#stale.push(oldest[1].name)
    }
    this.#named += 1
    return `q${this.#named}`
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
