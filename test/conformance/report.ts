import { styleText } from 'node:util'
import { protocols } from '../../src/gateway/partners/conform.ts'

/** How one check ended. `not-shown`: the registry gave no occasion to see it, which is no fault. */
export type Result = {
  /** The section of docs/protocol.md that asks for it. */
  readonly section: string
  readonly title: string
  readonly outcome: 'ok' | 'failed' | 'not-shown'
  readonly detail: string
}

export type Report = {
  /** What was played, in which version; a gateway lets nobody in by a report of another. */
  readonly protocol: string
  readonly registry: string
  /** The names of the keys by which the registry proved what it said. */
  readonly keys: readonly string[]
  readonly origin: string
  readonly at: string
  readonly seconds: number
  readonly results: readonly Result[]
  readonly counts: Readonly<Record<Result['outcome'], number>>
  readonly conforms: boolean
}

/** Thrown by a check that had nothing to look at. */
export class NotShown extends Error {}

export type Notebook = {
  readonly results: readonly Result[]
  /** Plays one check and writes down how it ended; what it returns is told beside. A check that throws has failed. */
  check(section: string, title: string, deed: () => Promise<string | undefined>): Promise<void>
}

export function openNotebook(tell: (result: Result) => void): Notebook {
  const results: Result[] = []
  const note = (result: Result) => {
    results.push(result)
    tell(result)
  }
  return {
    results,
    check: async (section, title, deed) => {
      try {
        note({ section, title, outcome: 'ok', detail: (await deed()) ?? '' })
      } catch (cause) {
        const detail = cause instanceof Error ? cause.message : String(cause)
        note({ section, title, outcome: cause instanceof NotShown ? 'not-shown' : 'failed', detail })
      }
    },
  }
}

type Played = Pick<Report, 'registry' | 'origin' | 'keys'> & { readonly began: number }

export function closeReport({ began, ...played }: Played, results: readonly Result[]): Report {
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length
  const counts = { ok: count('ok'), failed: count('failed'), 'not-shown': count('not-shown') }
  const seconds = Math.round((Date.now() - began) / 100) / 10
  const conforms = counts.failed === 0 && counts.ok > 0
  return { protocol: protocols.land ?? '', ...played, at: new Date().toISOString(), seconds, results, counts, conforms }
}

const marks = { ok: 'ok    ', failed: 'FAILED', 'not-shown': '–     ' } as const
const colours = { ok: 'green', failed: 'red', 'not-shown': 'dim' } as const

/** One line a check: how it ended, the section it comes from, what was looked at. */
export function line({ section, title, outcome, detail }: Result, colour: boolean): string {
  const mark = colour ? styleText(colours[outcome], marks[outcome]) : marks[outcome]
  return `${mark}  §${section.padEnd(5)} ${title}${detail && `  — ${detail}`}`
}

export function summary({ registry, origin, at, seconds, results, counts, conforms }: Report): string {
  const failed = results.filter(({ outcome }) => outcome === 'failed')
  return [
    '',
    '原生协助单位协议 符合性报告 · conformance with the native partner protocol, version 1',
    `  登记机构 registry   ${registry} at ${origin}`,
    `  时间 date           ${at} (${seconds} s)`,
    `  检查 checks         ${counts.ok} ok, ${counts.failed} failed, ${counts['not-shown']} not shown`,
    `  结论 verdict        ${conforms ? '符合 conforms' : '不符合 does not conform'}`,
    ...failed.map((result) => `    ${line(result, false)}`),
    '',
  ].join('\n')
}
