import fc from 'fast-check'
import { type Deed, deeds } from '../../src/domain/authority.ts'
import { doorsOf } from '../../src/http/machines.ts'
import { rightfulHeaders } from '../http/attackers/attackers.ts'
import { type Call, calls } from '../http/attackers/calls.ts'
import type { World } from '../http/attackers/world.ts'
import { damaged } from './mutate.ts'

type Knock = {
  readonly door: string
  readonly path: string
  readonly body?: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

const strange = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '../',
    '%00',
    '%ff',
    '%E5%BC%A0',
    '0198c0de-0000-7000-8000-000000000000',
    '-1',
    '1e9',
    '[]',
    '{}',
  ),
  fc.string({ maxLength: 40 }).map(encodeURIComponent),
)
const headerValue = fc.oneof(
  fc.constantFrom('wait=0', 'wait=x', '*/*', 'gzip', 'text/xml', 'multipart/form-data'),
  printable(60),
)
const header = fc.tuple(
  fc.constantFrom(
    'Prefer',
    'Accept',
    'Content-Type',
    'Idempotency-Key',
    'Last-Event-ID',
    'If-None-Match',
    'X-Forwarded-For',
    'Origin',
  ),
  headerValue,
)

function printable(maxLength: number): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(`^[\\x21-\\x7e]{0,${maxLength}}$`))
}

/** A call that was good once: its path, its query, its headers and its body each left alone or made strange. */
function knockAt(door: string, { path, body, headers = {} }: Call): fc.Arbitrary<Knock> {
  const bytes = body === undefined ? undefined : Buffer.from(body instanceof Uint8Array ? body : JSON.stringify(body))
  const steps = path.split('/')
  const at = fc.integer({ min: Math.min(2, steps.length - 1), max: steps.length - 1 })
  const paths = fc.oneof(
    fc.constant(path),
    fc.tuple(at, strange).map(([step, text]) => steps.map((old, n) => (n === step ? text : old)).join('/')),
    fc
      .tuple(printable(12), strange)
      .map(([name, value]) => `${path}${path.includes('?') ? '&' : '?'}${encodeURIComponent(name)}=${value}`),
    fc
      .constantFrom('limit', 'after', 'kind', 'from', 'state', 'case', 'number')
      .chain((name) => strange.map((value) => `${path}?${name}=${value}`)),
  )
  return fc.record({
    door: fc.constant(door),
    path: paths,
    headers: fc.array(header, { maxLength: 2 }).map((more) => ({ ...headers, ...Object.fromEntries(more) })),
    ...(bytes && { body: fc.oneof(fc.constant(bytes), damaged([bytes])) }),
  })
}

/** Every documented door with the calls to damage, those open to anyone too. */
function knocks({ edge, teams }: World): fc.Arbitrary<Knock> {
  const doors = doorsOf(edge.app).filter(({ path }) => !path.endsWith('/events'))
  return fc.oneof(
    ...doors.map(({ method, path }) => {
      const door = `${method.toUpperCase()} ${path}`
      const known = calls[door]?.call(teams) ?? { path: path.replace(/\{\w+\}/g, 'x') }
      return knockAt(door, known)
    }),
  )
}

/** Knocks so often, as whoever may. An answer of 500 or more is what is looked for; it is shrunk, and thrown with its seed. */
export async function knockOften(world: World, numRuns: number, seed: number): Promise<Record<number, number>> {
  const { edge } = world
  const answers: Record<number, number> = {}
  const opens = new Map(doorsOf(edge.app).map((door) => [`${door.method.toUpperCase()} ${door.path}`, door.opens]))
  const carried = new Map<string, Record<string, string>>()
  const headersFor = async (door: string): Promise<Record<string, string>> => {
    const deed = opens.get(door)
    if (deed === 'partner') return { Authorization: `Bearer ${await edge.bureau.token()}` }
    // Whoever is signed in will do where a door is for everybody's own; a court's system is told elsewhere.
    if (deed === 'person') return headersFor('GET /v1/requests')
    if (deed === undefined || !(deed in deeds)) return {}
    const headers = carried.get(deed) ?? (await rightfulHeaders(world, deed as Deed))
    carried.set(deed, headers)
    return headers
  }
  await fc.assert(
    fc.asyncProperty(knocks(world), async ({ door, path, body, headers }) => {
      const [method = 'GET'] = door.split(' ')
      const init = {
        method,
        headers: { ...headers, ...(await headersFor(door)) },
        ...(body && { body: new Uint8Array(body) }),
      }
      const response = await edge.app.request(path, init)
      await response.arrayBuffer()
      answers[response.status] = (answers[response.status] ?? 0) + 1
      // What a registry does not answer is not ours to mend, and says so.
      if (response.status >= 500 && !response.headers.has('retry-after'))
        throw new Error(`${door} answered ${response.status}`)
    }),
    { numRuns, seed },
  )
  return answers
}
