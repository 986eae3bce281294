import { isInForce } from '../domain/control.ts'
import type { InquiryKind } from '../domain/measure.ts'
import { isRefusal, type Refusal } from '../domain/refusal.ts'
import type { Registry } from '../domain/registry.ts'
import type { AskedRequest } from '../domain/request.ts'
import { deliver } from './deliver.ts'
import type { Parts } from './parts.ts'
import type { BankToAsk } from './ports/clocks.ts'
import type { CaseAct } from './ports/store.ts'
import { writeRun } from './repeat.ts'
import { check, type SubmitCode } from './submit.ts'

/** How long an answer about frozen money is good for, where a court has not said otherwise. */
const askEveryDays = 30

const atOnce = 200

/**
 * One round over the freezes of deposits that are in force: a bank whose last answer about the account holder is older than
 * the court's interval is asked the same again, so that what has come in since is known. Each is a request of its own in the
 * name of whoever asked first, and is held against the law like any inquiry. Called every hour or so: what is refused is
 * tried again then.
 */
export async function inquireAgain(parts: Parts): Promise<number> {
  const before = new Date(parts.clock().getTime() - (parts.reinquireDays ?? askEveryDays) * 86_400_000)
  let asked = 0
  let after: BankToAsk | undefined
  for (;;) {
    const page = await parts.reads.inquiriesDue({ before, limit: atOnce, ...(after && { after }) })
    for (const { caseId, registry } of page) {
      const said = await parts.store.act(caseId, (act) => askAgain(parts, act, registry, before))
      if (said.kind === 'asked') asked += 1
    }
    after = page.at(-1)
    if (page.length < atOnce) break
  }
  if (asked > 0) parts.wake()
  return asked
}

async function askAgain(
  parts: Parts,
  act: CaseAct,
  registry: string,
  before: Date,
): Promise<{ readonly kind: 'asked' | 'not-due' } | Refusal<SubmitCode>> {
  const inquiries = (await act.deliveriesWith(['inquire'])).filter((one) => one.registry === registry)
  const last = inquiries.at(-1)
  const earlier = last && (await act.request(last.request))
  const counter = parts.counter(registry)
  if (!earlier || !counter || last.createdAt > before) return { kind: 'not-due' }
  const frozen = (await act.controls()).filter((one) => one.registry === registry && one.measure === 'freeze')
  if (!frozen.some((control) => isInForce(control, parts.clock()))) return { kind: 'not-due' }
  const next = sameAt(earlier.asked, counter.registry)
  if (!next) return { kind: 'not-due' }
  const admitted = await check(parts, act, next)
  if (isRefusal(admitted)) return admitted
  const run = await writeRun(parts, act, earlier, next)
  const gone = await deliver(parts, act, run, admitted, [])
  return isRefusal(gone) ? gone : { kind: 'asked' }
}

/** The same inquiry at one of its registries, for as much of it as that one keeps; a day of answering that is past is not meant again. */
function sameAt({ respondBy: _, ...asked }: AskedRequest, registry: Registry): AskedRequest | undefined {
  const { measure } = asked
  if (measure.kind !== 'inquire') return undefined
  const keeps = (kind: InquiryKind) =>
    registry.assetClasses.some((one) => one === (kind === 'transactions' ? 'deposit' : kind))
  return { ...asked, registries: [registry.code], measure: { ...measure, kinds: measure.kinds.filter(keeps) } }
}
