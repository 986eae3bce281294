import { z } from 'zod'
import { clockTime, decimal, message, ordinal, slashedDay, tenThousands, text, words } from './codec.ts'
import { asset, idType, name, number, reference, rightKind, sealKind, standing } from './wire.ts'

/** The stamped document (回执) that may come with a result. */
const receipt = message({
  name: ['wjmc', text(200)],
  mediaType: ['wjgs', z.enum(['application/pdf', 'application/ofd', 'image/jpeg', 'image/png'])],
  md5: ['md5', z.string().regex(/^[0-9a-f]{32}$/i)],
  content: ['wjnr', z.base64()],
})
const result = {
  case: ['ah', text(60)],
  fedBackAt: ['fksj', clockTime],
  receiptNumber: ['fkbh', text(80).optional()],
  receipt: ['hz', receipt.optional()],
} as const

const owners = z
  .array(
    message({
      name: ['qlrmc', name],
      idType: ['zjzl', idType.optional()],
      number: ['zjh', number.optional()],
      sharing: ['gyfs', words({ 0: 'sole', 1: 'joint', 2: 'by-shares', 3: 'other' }).optional()],
      part: ['qlbl', text(40).optional()],
    }),
  )
  .max(500)

const list = <T extends z.ZodType>(row: T) => z.array(row).max(5000).optional()
const right = (areaName: string) =>
  list(
    message({
      ...asset,
      owners: ['qlrs', owners],
      area: [areaName, decimal.optional()],
      usage: ['yt', text(100).optional()],
      standing: ['qszt', standing],
    }),
  )

/** The answer to an inquiry: for each person the lists of the register. */
export const queryResult = message({
  reference: ['cxsqdh', reference],
  ...result,
  kind: ['fklx', words({ 1: 'first', 2: 'corrected', 6: 'returned' })],
  reason: ['wnkzyy', text(300).optional()],
  persons: [
    'cxjgs',
    z
      .array(
        message({
          name: ['qlrmc', name],
          number: ['qlrzjh', number],
          documentNo: ['wsbh', text(60).optional()],
          houses: ['fdcq', right('jzmj')],
          landUse: ['jsydsyq', right('syqmj')],
          landOwnership: ['tdsyq', right('syqmj')],
          sea: ['hysyq', right('syqmj')],
          forest: ['lq', right('syqmj')],
          structures: ['gjzwsyq', right('jzmj')],
          farmland: ['nydsyq', right('syqmj')],
          mortgages: [
            'dyaq',
            list(
              message({
                ...asset,
                holder: ['dyqr', name],
                way: ['dyfs', words({ 1: 'ordinary', 2: 'maximum' }).optional()],
                secured: ['bdbzzqse', tenThousands.optional()],
                maximum: ['zgzqe', tenThousands.optional()],
                until: ['zwlxjssj', slashedDay.optional()],
                standing: ['qszt', standing],
              }),
            ),
          ],
          notices: [
            'ygdj',
            list(
              message({
                ...asset,
                kind: ['ygdjzl', words({ 1: 'presale', 2: 'sale', 3: 'presale-mortgage', 4: 'mortgage' })],
                owners: ['qlrs', owners],
                obligor: ['ywr', name.optional()],
                standing: ['qszt', standing],
              }),
            ),
          ],
          seals: [
            'cfdj',
            list(
              message({
                ...asset,
                court: ['cfjg', name],
                kind: ['cflx', sealKind],
                case: ['cfwh', text(80).optional()],
                from: ['cfqssj', slashedDay.optional()],
                until: ['cfjssj', slashedDay.optional()],
                place: ['xh', ordinal.optional()],
                office: ['djjg', text(200).optional()],
                registeredAt: ['djsj', clockTime.optional()],
                liftedAt: ['jfdjsj', clockTime.optional()],
                liftedBy: ['jfwh', text(120).optional()],
                actNo: ['ywh', text(80).optional()],
                scope: ['cffw', text(200).optional()],
                area: ['qxdm', text(6).optional()],
                standing: ['qszt', standing],
              }),
            ),
          ],
          objections: [
            'yydj',
            list(
              message({
                ...asset,
                holder: ['sqr', name],
                matter: ['yysx', text(300).optional()],
                standing: ['qszt', standing],
              }),
            ),
          ],
        }),
      )
      .max(1),
  ],
})

/** The answer to a measure: for each unit whether it was done (KZZT), and how it stands in the register. */
export const controlResult = message({
  reference: ['kzsqdh', reference],
  ...result,
  name: ['xm', name],
  number: ['zjh', number],
  kind: ['fklx', words({ 1: 'first', 2: 'corrected', 3: 'activated', 4: 'converted', 5: 'ended', 6: 'returned' })],
  units: [
    'kzxxs',
    z
      .array(
        message({
          ...asset,
          right: ['bdcqllx', rightKind.optional()],
          state: ['kzzt', words({ 1: 'done', 2: 'not-done' })],
          kind: ['cflx', sealKind.optional()],
          from: ['csksrq', slashedDay.optional()],
          to: ['csjsrq', slashedDay.optional()],
          registeredAt: ['djsj', clockTime.optional()],
          place: ['xh', ordinal.optional()],
          priorLiftedAt: ['jfsj', clockTime.optional()],
          endedBy: ['sxyy', words({ 1: 'released', 2: 'expired', 3: 'disposed', 4: 'converted' }).optional()],
          actNo: ['ywh', text(80).optional()],
          controlNo: ['cfywh', text(80).optional()],
          reason: ['wnkzyy', text(300).optional()],
          note: ['beiz', text(300).optional()],
          priors: [
            'qxcfs',
            z
              .array(
                message({
                  court: ['cfjg', name],
                  case: ['cfwh', text(80).optional()],
                  until: ['cfjssj', slashedDay.optional()],
                  kind: ['cflx', sealKind],
                }),
              )
              .max(200)
              .optional(),
          ],
        }),
      )
      .min(1)
      .max(50),
  ],
})

export type QueryResult = z.output<typeof queryResult>
export type ControlResult = z.output<typeof controlResult>
export type UnitResult = ControlResult['units'][number]
export type Register = QueryResult['persons'][number]

/** Their names of what a result may get wrong as a whole, so that an answer can point at the field. */
export const fieldNames = {
  inquiries: 'data.cxsqdh',
  controls: 'data.kzsqdh',
  case: 'data.ah',
  fedBackAt: 'data.fksj',
  subject: 'data.xm/zjh',
  person: 'data.cxjgs[0].qlrmc/qlrzjh',
  persons: 'data.cxjgs',
  units: 'data.kzxxs',
  unit: 'bdcdyh',
  kind: 'cflx',
  reason: 'wnkzyy',
  registeredAt: 'djsj',
  term: 'csksrq/csjsrq',
  priorLiftedAt: 'jfsj',
  endedBy: 'sxyy',
  state: 'kzzt',
  receipt: 'data.hz',
} as const

/** The reference a result claims to answer, read before anything else of it is believed. */
export function referenceIn(data: unknown): string | undefined {
  const named = z.object({ cxsqdh: reference.optional(), kzsqdh: reference.optional() }).safeParse(data)
  return named.data?.cxsqdh ?? named.data?.kzsqdh
}
