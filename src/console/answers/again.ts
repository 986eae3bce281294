import { type Asset, assetKey } from '../../domain/asset.ts'
import { formatBeijing } from '../../domain/beijing-date.ts'
import type { Reading } from '../../domain/errand.ts'
import type { CounterDelivery } from '../../http/clerk/view.ts'
import type { AnswerFields } from './read.ts'

type Asked = Pick<CounterDelivery, 'measure' | 'request' | 'answered'>
type Part = Readonly<Record<string, unknown>>

/** What somebody entered, as the fields of the form it was entered with: nobody types a paper twice for one wrong digit. */
export function fieldsAgain(reading: Reading, asked: Asked): AnswerFields {
  const { kind, receivedAt } = reading
  const [subject, reason] = [partOf(reading.subject), partOf(reading.reason)]
  return written({
    ...{ case: reading.case, name: subject.name, idNumber: subject.idNumber },
    receivedAt: typeof receivedAt === 'string' ? formatBeijing(new Date(receivedAt)).replace(' ', 'T') : undefined,
    result: resultOf(String(kind), listOf(reading.targets).length > 0, asked),
    ...{ receiptNumber: reading.receiptNumber, reasonCode: reason.code, reasonText: reason.text },
    ...Object.assign({}, ...listOf(reading.targets).map((target) => targetFields(target, asked))),
    ...Object.assign({}, ...listOf(reading.holdings).map(holdingFields)),
  })
}

/** The names of the fields in which the two differed: `targets/0/controlNo` is `t0.controlNo`. */
export function fieldsDiffering(
  paths: readonly string[],
  reading: Reading | undefined,
  asked: Asked,
): readonly string[] {
  return paths.map((path) => {
    const [list, at, ...rest] = path.split('/')
    if (list === 'targets' && at !== undefined) {
      const target = listOf(reading?.targets)[Number(at)]
      const nth = target ? nthOf(target, asked) : Number(at)
      return `t${nth}.${targetNames[rest.at(-1) ?? 'effect'] ?? rest.at(-1)}`
    }
    if (list === 'holdings' && at !== undefined) {
      const inRight = rest[0] === 'encumbrances'
      const last = rest.at(-1) ?? 'account'
      return `h${at}.${(inRight ? rightNames[last] : holdingNames[last]) ?? last}`
    }
    return path === 'kind'
      ? 'result'
      : path === 'reason/code'
        ? 'reasonCode'
        : path === 'reason/text'
          ? 'reasonText'
          : path.replace('subject/', '')
  })
}

const targetNames: Readonly<Record<string, string>> = { effect: 'outcome', queuePlace: 'place' }
const holdingNames: Readonly<Record<string, string>> = {
  ...{ account: 'number', unitCode: 'number', parcelCode: 'number', certNo: 'number' },
}
const rightNames: Readonly<Record<string, string>> = {
  ...{ kind: 'right', amount: 'rightAmount', queuePlace: 'rightPlace', encumbrances: 'right' },
}

function resultOf(kind: string, hasTargets: boolean, { measure, answered }: Asked): string {
  if (answered) return kind
  if (hasTargets) return 'by-target'
  return measure === 'inquire' && kind === 'executed' ? 'found' : kind
}

function nthOf({ asset }: Part, { request }: Asked): number {
  const key = assetKey(asset as Asset)
  return Math.max(
    0,
    (request.targets ?? []).findIndex((one) => assetKey(one.asset as Asset) === key),
  )
}

function targetFields(target: Part, asked: Asked): Part {
  const { effect, endedBy, amount, overQuota, quantity, queuePlace, controlNo, reason } = target
  const { from, to } = partOf(target.term)
  const done = asked.measure === 'release' && effect === 'effective' ? 'part' : 'done'
  const outcome = asked.answered || effect === 'waiting' || effect === 'none' ? effect : done
  const fields = { outcome, endedBy, amount, overQuota, quantity, from, to, place: queuePlace, controlNo, reason }
  return named(`t${nthOf(target, asked)}`, fields)
}

function holdingFields(holding: Part, at: number): Part {
  const asset = partOf(holding.asset)
  const naming = ['account', 'unitCode', 'parcelCode', 'certNo'].find((one) => asset[one] !== undefined) ?? ''
  const [right] = listOf(holding.encumbrances)
  const { balance, available, area } = holding
  return named(`h${at}`, {
    ...{ class: asset.class, naming, number: asset[naming], address: asset.address, balance, available, area },
    ...{ right: right?.kind, holder: right?.holder, rightAmount: right?.amount, until: right?.until },
    rightPlace: right?.queuePlace,
  })
}

const named = (group: string, fields: Part): Part =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`${group}.${name}`, value]))

const written = (fields: Part): AnswerFields =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as const])),
  )

const partOf = (value: unknown): Part => (typeof value === 'object' && value !== null ? (value as Part) : {})
const listOf = (value: unknown): readonly Part[] => (Array.isArray(value) ? value : [])
