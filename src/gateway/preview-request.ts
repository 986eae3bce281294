import { admit } from '../domain/admit.ts'
import { refusalOn } from '../domain/authority.ts'
import type { CaseFile } from '../domain/case-file.ts'
import { addedBy, type Controlled, ceilingOf, controlledOf, exposureOf } from '../domain/ceiling.ts'
import type { Money } from '../domain/money.ts'
import type { Person } from '../domain/person.ts'
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts'
import type { AskedRequest, DraftedRequest } from '../domain/request.ts'
import { type Warning, warningsOf } from '../domain/restricted.ts'
import { isSettled, settle } from '../domain/settle.ts'
import type { RequestClaims } from '../signing/claims/request.ts'
import { approvalsFor, type Needed } from './approvals-needed.ts'
import { claimsFor } from './deliver.ts'
import { askedInLine, factsOf, groundOf, pendingMoney } from './facts.ts'
import type { Parts } from './parts.ts'
import type { CaseAct } from './ports/store.ts'
import { everyObjection, type SubmitCode } from './submit.ts'

/** What a registry will be told, but for what is only known when it goes out. */
export type Message = {
  readonly registry: string
  readonly says: Omit<RequestClaims, 'jti' | 'iat' | 'caseSeq' | 'validUntil' | 'respondBy' | 'approvals'>
}

/** A request before it is one: what it will say to whom, what stands against it, and who will have to agree. */
export type Preview = {
  readonly kind: 'preview'
  readonly objections: readonly Refusal[]
  /** Left out while the term cannot be told. */
  readonly facts?: {
    readonly asked: AskedRequest
    readonly needed: Needed
    readonly warnings: readonly Warning[]
    readonly money: { readonly ceiling: Money; readonly exposure: Money; readonly added: Money }
  }
  /** None while anything stands against it: then nothing would be signed. */
  readonly messages: readonly Message[]
}

/**
 * Looks at a request as submission and approval would, and writes nothing: the same settling, the same law, the same matrix
 * and the same claims. What it shows is so at this moment; submission asks everything again.
 */
export async function previewRequest(
  parts: Parts,
  person: Person,
  caseId: string,
  drafted: DraftedRequest,
): Promise<Preview | Refusal<SubmitCode>> {
  const answer = await parts.store.act(caseId, async (act): Promise<Preview | Refusal<SubmitCode>> => {
    const refused = refusalOn(person, 'draft.read', act.file)
    if (refused) return refused
    const asked = isSettled(drafted) ? drafted : settle(drafted, await groundOf(parts, act, drafted))
    if (isRefusal(asked)) return { kind: 'preview', objections: [asked], messages: [] }
    return previewOf(parts, act, asked)
  })
  return answer.kind === 'no-such-case' ? refuse('case-unknown', 'case') : answer
}

async function previewOf(parts: Parts, act: CaseAct, asked: AskedRequest): Promise<Preview> {
  const { file } = act
  const objections = await everyObjection(parts, act, asked)
  const facts = await factsOf(parts, act, asked)
  const exposure = exposureOf(controlledOf(facts.controls, facts.now), facts.pendingMoney)
  return {
    kind: 'preview',
    objections,
    facts: {
      asked,
      needed: approvalsFor(parts, file, asked, facts),
      warnings: warningsOf(asked, facts.holdings),
      money: { ceiling: ceilingOf(file), exposure, added: addedBy(asked) },
    },
    messages: objections.length > 0 ? [] : await messagesOf(parts, act, asked),
  }
}

async function messagesOf(parts: Parts, act: CaseAct, asked: AskedRequest): Promise<readonly Message[]> {
  const admitted = admit(act.file, asked, (code) => parts.counter(code)?.registry)
  if (isRefusal(admitted)) return []
  const messages: Message[] = []
  for (const { code } of admitted.registries) {
    const counter = parts.counter(code)
    if (!counter) continue
    const given = { delivery: parts.newId(), caseSeq: 1, issuedAt: parts.clock(), approvals: [] }
    const claims = await claimsFor(parts, act, counter, asked, admitted, given)
    const { jti: _, iat: _iat, caseSeq: _seq, validUntil: _until, respondBy: _by, approvals: _who, ...says } = claims
    messages.push({ registry: code, says })
  }
  return messages
}

type Exposure = {
  readonly ceiling: Money
  readonly controlled: Controlled
  readonly pending: Money
  readonly exposure: Money
}

/**
 * How much a case may hold, and how much it holds or has asked for: what a new measure begins with, and what one that waits
 * (`self`, which is not counted) is decided by. A look: submission counts again, with the case to itself.
 */
export async function exposureIn(parts: Parts, file: CaseFile, self?: string): Promise<Exposure> {
  const { reads, clock } = parts
  const controlled = controlledOf(await reads.controls(...(file.line ?? [file.id])), clock())
  const pending = await pendingMoney(askedInLine(parts, file), self)
  return { ceiling: ceilingOf(file), controlled, pending, exposure: exposureOf(controlled, pending) }
}
