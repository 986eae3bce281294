import { PGlite, type QueryOptions, type Results, type Transaction } from '@electric-sql/pglite'
import { serialize } from 'pg-protocol'
import type {
  BackendMessage,
  CommandCompleteMessage,
  DatabaseError,
  DataRowMessage,
  RowDescriptionMessage,
} from 'pg-protocol/dist/messages'
import { Parser } from 'pg-protocol/dist/parser'

type Column = { readonly name: string; readonly dataTypeID: number }

/** A statement the engine has read and planned; `columns` is how it described what comes back. */
type Prepared = { readonly name: string; readonly columns: readonly Column[] }

/** What came back, every cell as PostgreSQL spells it; `tag` is the last command with what it touched. */
type Answer = {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly tag: string
}

/** More than the gateway has; lists of many lengths make many more. */
const mostPrepared = 300

/**
 * The embedded engine, told a whole query at once and each query's text once. PGlite tells every query in six turns and
 * PostgreSQL reads, checks and plans it anew each time: three quarters of what a short query costs. Parameters go as texts,
 * whose types PostgreSQL knows from where they stand, and bytes as they are. What is sent and read is spelt by the library
 * of node-postgres, which is quicker at it than PGlite's own.
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

  /** What the body gets is what drizzle asks of a transaction: its queries. */
  override async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
    await this._checkReady()
    return this._runExclusiveTransaction(async () => {
      await this.#tell('begin')
      const tx = { closed: false }
      const query = <Row>(sql: string, params: unknown[] = [], options?: QueryOptions): Promise<Results<Row>> => {
        if (tx.closed) throw new Error('this transaction is over')
        return this.#tell<Row>(sql, params, options)
      }
      try {
        const value = await body(Object.assign(tx, { query }) as unknown as Transaction)
        tx.closed = true
        // PostgreSQL ends what has failed with a rollback, whatever it is told, and says so in the tag alone.
        const { tag } = await this.#answerTo('commit', [])
        if (tag !== 'COMMIT') throw new Error('a transaction in which a query had failed was to be committed')
        return value
      } catch (fault) {
        tx.closed = true
        await this.#tell('rollback')
        throw fault
      }
    })
  }

  /** Arrays drizzle takes apart itself; the types of all that the catalogue has would be copied at each query. */
  override async _initArrayTypes(): Promise<void> {}

  #tell<T>(sql: string, params: readonly unknown[] = [], options?: QueryOptions): Promise<Results<T>> {
    const values = params.map(spelt)
    return this._runExclusiveQuery(async () => {
      const { columns, rows, tag } = await this.#answerTo(sql, values)
      const parsers = this.#parsersWith(options)
      const readers = columns.map(({ dataTypeID }) => parsers[dataTypeID] ?? asSpelt)
      const read = rows.map((row) => row.map((cell, at) => (cell === null ? null : readers[at]?.(cell))))
      const shaped = options?.rowMode === 'array' ? read : read.map((row) => named(columns, row))
      return { rows: shaped as T[], fields: [...columns], affectedRows: touched(tag) }
    })
  }

  /** Those of one query before those of all: as a chain, where PGlite would copy all of them for each query. */
  #parsersWith(options: QueryOptions | undefined): typeof this.parsers {
    return options?.parsers ? Object.assign(Object.create(this.parsers), options.parsers) : this.parsers
  }

  async #answerTo(sql: string, values: (string | Buffer | null)[]): Promise<Answer> {
    const known = this.#prepared.get(sql)
    const name = known?.name ?? this.#newName()
    const train = [
      ...this.#stale.map((stale) => serialize.close({ type: 'S', name: stale })),
      ...(known ? [] : [serialize.parse({ name, text: sql })]),
      serialize.bind({ statement: name, values }),
      ...(known ? [] : [serialize.describe({ type: 'P' })]),
      serialize.execute(),
      serialize.sync(),
    ]
    this.#stale = []
    this.#prepared.delete(sql)
    const back = new TrainBack()
    await this.execProtocolRawStream(Buffer.concat(train), {
      syncToFs: false,
      onRawData: (bytes) => back.read(bytes),
    })
    if (back.fault) {
      this.#stale.push(name)
      throw back.fault
    }
    const columns = back.columns ?? known?.columns ?? []
    this.#prepared.set(sql, { name, columns })
    return { columns, rows: back.rows, tag: back.tag }
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

const asSpelt = (cell: string) => cell

const named = (columns: readonly Column[], row: readonly unknown[]) =>
  Object.fromEntries(row.map((cell, at) => [columns[at]?.name, cell]))

/** The messages of one train back. After a fault PostgreSQL passes over the rest up to the sync. */
class TrainBack {
  readonly #parser = new Parser()
  readonly rows: (string | null)[][] = []
  columns?: readonly Column[]
  tag = ''
  fault?: DatabaseError

  /** `bytes` are the engine's own memory, and only now what they are. */
  read(bytes: Uint8Array): void {
    this.#parser.parse(Buffer.from(bytes), (message) => this.#take(message))
  }

  #take(message: BackendMessage): void {
    switch (message.name) {
      case 'rowDescription':
        this.columns = (message as RowDescriptionMessage).fields
        break
      case 'dataRow':
        this.rows.push((message as DataRowMessage).fields)
        break
      case 'commandComplete':
        this.tag = (message as CommandCompleteMessage).text
        break
      case 'error':
        this.fault ??= message as DatabaseError
        break
    }
  }
}

/** How many rows a command touched, by the tag it ends with: `INSERT 0 3`, `UPDATE 2`, `DELETE 1`; reading touches none. */
function touched(tag: string): number {
  return /^(?:INSERT|UPDATE|DELETE|MERGE|COPY)/.test(tag) ? Number(tag.split(' ').at(-1)) : 0
}

/** As PostgreSQL reads it, whatever the type it finds for it. */
function spelt(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
  }
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  throw new TypeError('what goes to the database is a text, a number, a truth value or bytes')
}
