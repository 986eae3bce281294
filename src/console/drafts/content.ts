import { z } from 'zod'
import { assetClassList } from '../../domain/asset.ts'
import type { DocumentLine } from '../../http/officer/paper-view.ts'
import { ticked } from '../forms.ts'
import type { Standing } from '../later/stands.ts'
import { statuteLine } from '../statute-field.ts'
import { typedMoney } from '../typed-money.ts'

const text = z.string().catch('')
const line = z.string().trim().max(500).default('')

/** One input a target, in the order of the targets; a browser sends a text for one and a list for several. */
const perTarget = z
  .union([z.string().transform((one) => [one]), z.array(z.string()).max(200)])
  .optional()
  .transform((all) => (all ?? []).map((one) => one.trim()))

/** The form of a draft as a browser sends it. */
export const draftForm = z.object({
  party: line,
  registries: ticked,
  keep: ticked,
  amount: perTarget,
  quantity: perTarget,
  value: perTarget,
  months: line,
  from: line,
  to: line,
  ground: line,
  documents: ticked,
  statute: statuteLine,
  purpose: line,
  name1: line,
  work1: line,
  duty1: line,
  name2: line,
  work2: line,
  duty2: line,
  phone: line,
  excessReason: line,
  restrictedReason: line,
  urgentReason: line,
})

export type DraftFields = z.infer<typeof draftForm>

const target = z.looseObject({
  asset: z.looseObject({ class: text }).catch({ class: '' }),
  amount: text,
  quantity: text,
  value: text,
})

const officer = z.object({ name: text, workCertificate: text, dutyCertificate: text })
const noBasis = { statute: '', purpose: '', documents: [] }

/** A draft as far as it is written; what is not there, or is something else, is empty. */
const written = z.looseObject({
  party: text,
  registries: z.array(text).catch([]),
  measure: z
    .looseObject({
      kind: text,
      targets: z.array(target).catch([]),
      term: z.object({ months: z.number().optional(), from: text, to: text }).catch({ from: '', to: '' }),
      ground: text,
    })
    .catch({ kind: '', targets: [], term: { from: '', to: '' }, ground: '' }),
  basis: z
    .object({ statute: text, purpose: text, documents: z.array(z.looseObject({ sha256: text })).catch([]) })
    .catch(noBasis),
  officers: z.array(officer).catch([]),
  contact: z.object({ name: text, phone: text }).catch({ name: '', phone: '' }),
  excessReason: text,
  restrictedReason: text,
  urgentReason: text,
})

export type Written = z.infer<typeof written>

export function readWritten(content: unknown): Written {
  return written.parse(typeof content === 'object' && content !== null ? content : {})
}

const standing = z.object({
  measure: z.object({
    parent: z.object({ delivery: z.string().optional(), controlNo: z.string().optional() }).optional(),
    targets: z.array(z.object({ asset: z.looseObject({ class: z.enum(assetClassList) }) })),
  }),
})

/** On what a draft stands, as far as it says it. */
export function standingIn(content: unknown): Standing {
  const read = standing.safeParse(content)
  return read.success ? (read.data.measure as Standing) : { targets: [] }
}

type Kept = { readonly [name: string]: unknown }

const ofContent = (content: unknown): Kept => (typeof content === 'object' && content !== null ? (content as Kept) : {})

/**
 * The draft as the form changes it: what the form has no field for stays as it was written. An empty field is left out, so
 * that what is missing is said to be missing.
 */
export function rewritten(content: unknown, fields: DraftFields, documents: readonly DocumentLine[]): object {
  const before = ofContent(content)
  const reasons = {
    ...said('excessReason', fields),
    ...said('restrictedReason', fields),
    ...said('urgentReason', fields),
  }
  const { party: _, contact: _contact, excessReason: _excess, ...others } = before
  const { restrictedReason: _restricted, urgentReason: _urgent, ...kept } = others
  return {
    ...kept,
    ...said('party', fields),
    registries: fields.registries,
    measure: measureOf(ofContent(before.measure), fields),
    basis: {
      ...said('statute', fields),
      ...said('purpose', fields),
      documents: documents.filter(({ sha256 }) => fields.documents.includes(sha256)).map(referenceTo),
    },
    officers: officersOf(fields),
    ...(fields.phone && { contact: { name: fields.name1, phone: fields.phone } }),
    ...reasons,
  }
}

export function referenceTo({ kind, number, sha256, mediaType, length }: DocumentLine): object {
  return { kind, number, sha256, mediaType, length }
}

function said<Name extends keyof DraftFields>(name: Name, fields: DraftFields): object {
  return fields[name].length > 0 ? { [name]: fields[name] } : {}
}

function officersOf({ name1, work1, duty1, name2, work2, duty2 }: DraftFields): object[] {
  return [
    { name: name1, workCertificate: work1, dutyCertificate: duty1 },
    { name: name2, workCertificate: work2, dutyCertificate: duty2 },
  ].filter(({ name, workCertificate, dutyCertificate }) => `${name}${workCertificate}${dutyCertificate}` !== '')
}

function measureOf(before: Kept, fields: DraftFields): object {
  const { term: _, ground: _ground, ...measure } = before
  const targets = Array.isArray(before.targets) ? before.targets : []
  const { kind, ground } = before
  if (kind === 'inquire') return before
  return {
    ...measure,
    targets: targets.flatMap((one: unknown, at) =>
      fields.keep.includes(String(at)) ? [targetOf(one, fields, { kind, at })] : [],
    ),
    ...(isTermed(kind) && termOf(fields)),
    ...(kind === 'release' ? said('ground', fields) : ground !== undefined && { ground }),
  }
}

export const isTermed = (kind: unknown): boolean =>
  kind === 'freeze' || kind === 'seal' || kind === 'pre-seal' || kind === 'extend'

function targetOf(
  one: unknown,
  { amount, quantity, value }: DraftFields,
  { kind, at }: { readonly kind: unknown; readonly at: number },
): object {
  const { amount: _, quantity: _quantity, value: _value, ...target } = ofContent(one)
  const given = { amount: typedMoney(amount[at] ?? ''), quantity: quantity[at], value: typedMoney(value[at] ?? '') }
  const isPart = Boolean(given.amount || given.quantity)
  return {
    ...target,
    ...(kind === 'release' && { scope: isPart ? 'part' : 'whole' }),
    ...Object.fromEntries(Object.entries(given).filter(([, said]) => said)),
  }
}

/** Left out, it is as long as the law allows. */
function termOf({ months, from, to }: DraftFields): object {
  if (!months && !from && !to) return {}
  const count = /^\d{1,4}$/.test(months) ? Number(months) : months
  return { term: { ...(months && { months: count }), ...(from && { from }), ...(to && { to }) } }
}
