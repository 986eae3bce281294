import type { parseAccountNumber, parseCardNumber } from '../domain/account.ts'
import type { parseBankNumber } from '../domain/arrival.ts'
import type { parseBankCode } from '../domain/bank-code.ts'
import type { parseDate } from '../domain/beijing-date.ts'
import type { parseCaseNumber, readCaseNumber } from '../domain/case-number.ts'
import type { parseClientId } from '../domain/client.ts'
import type { parseCourtCode } from '../domain/court.ts'
import type { parseCreditCode } from '../domain/credit-code.ts'
import type { parseCurrency, parseMoney, subtractMoney } from '../domain/money.ts'
import type { parseLegacyPersonNumber, parsePersonNumber } from '../domain/person-number.ts'
import type { Refusal } from '../domain/refusal.ts'
import type { parseRegistryCode } from '../domain/registry.ts'
import type { parseTitleCertificate } from '../domain/title-certificate.ts'
import type { parseParcelCode, parseUnitCode } from '../domain/unit-code.ts'
import type { approve, sendBack, withdraw } from '../gateway/approve.ts'
import type { matchByHand, recordArrival } from '../gateway/arrivals.ts'
import type { assignCase } from '../gateway/assign-case.ts'
import type { holdBatch } from '../gateway/batches/hold.ts'
import type { startBatch } from '../gateway/batches/start.ts'
import type { bindCase } from '../gateway/bind-case.ts'
import type { answerAtDesk, takeUp } from '../gateway/by-people/clerk.ts'
import type { commitCompared, sendBackErrand } from '../gateway/by-people/compare.ts'
import type { enterPaper, setOut } from '../gateway/by-people/errand.ts'
import type { keepPaper } from '../gateway/by-people/keep-paper.ts'
import type { callBack } from '../gateway/call-back.ts'
import type { registerClient } from '../gateway/clients/register.ts'
import type { checkToken } from '../gateway/clients/sign-in.ts'
import type { ConsentCode } from '../gateway/consent.ts'
import type { continueCase } from '../gateway/continue-case.ts'
import type { correctRequest, saveDraft } from '../gateway/drafts.ts'
import type { announceSample, drawSample } from '../gateway/draw-sample.ts'
import type { endDuty, setDuty } from '../gateway/duty.ts'
import type { addParties, confirmCase, enterCase } from '../gateway/enter-case.ts'
import type { exportBundle } from '../gateway/export-bundle.ts'
import type { finishTask, handOverTask } from '../gateway/finish-task.ts'
import type { confirmFundAccount, enterFundAccount } from '../gateway/fund-account.ts'
import type { importCase } from '../gateway/import-case.ts'
import type { judgeItem, signOffSample } from '../gateway/judge-sample.ts'
import type { markAnomaly } from '../gateway/mark-anomaly.ts'
import type { askToOpen, decideOpening } from '../gateway/open-up.ts'
import type { askAdmission, decideAdmission, suspendPartner } from '../gateway/partners/admit.ts'
import type { addPartnerCertificate } from '../gateway/partners/certificates.ts'
import type { attachConformance } from '../gateway/partners/conform.ts'
import type { addPartnerKey } from '../gateway/partners/keys.ts'
import type { provePossession } from '../gateway/partners/prove.ts'
import type { registerPartner } from '../gateway/partners/register.ts'
import type { prepareExtension, submitExtension } from '../gateway/prepare-extension.ts'
import type { closeProgress, openProgress, readProgress } from '../gateway/progress.ts'
import type { recordIncoming } from '../gateway/record-incoming.ts'
import type { stopRepetition } from '../gateway/repeat.ts'
import type { reveal } from '../gateway/reveal.ts'
import type { dropTotp, removeFactor, unlockAccount } from '../gateway/roster/accounts.ts'
import type { attestGrant, endGrant, giveGrant } from '../gateway/roster/grants.ts'
import type { knowByOpenId } from '../gateway/roster/openid.ts'
import type { changePassword, givePassword } from '../gateway/roster/passwords.ts'
import type { registerPerson } from '../gateway/roster/register-person.ts'
import type { beginTotp, confirmTotp, registerCertificate } from '../gateway/roster/second-factor.ts'
import type { signIn } from '../gateway/roster/sign-in.ts'
import type { sealCase } from '../gateway/seal-case.ts'
import type { searchOwnCases } from '../gateway/search-own.ts'
import type { askSearch, runSearch } from '../gateway/search-subject.ts'
import type { storeDocument } from '../gateway/store-document.ts'
import type { submit } from '../gateway/submit.ts'
import type { submitDraft } from '../gateway/submit-draft.ts'
import type { askForResult, lookAtResult, sealWrongPerson } from '../gateway/wrong-person.ts'
import type { UnprovedCode } from '../relay/port.ts'
import { accessProblems } from './problems/access.ts'
import { auditProblems } from './problems/audit.ts'
import { batchProblems } from './problems/batch.ts'
import { byPeopleProblems } from './problems/by-people.ts'
import { caseProblems } from './problems/case.ts'
import { draftProblems } from './problems/draft.ts'
import { edgeProblems } from './problems/edge.ts'
import { actors, areas, type ProblemEntry } from './problems/entry.ts'
import { fundProblems } from './problems/funds.ts'
import { identifierProblems } from './problems/identifier.ts'
import { lawProblems } from './problems/law.ts'
import { paperProblems } from './problems/paper.ts'
import { partnerProblems } from './problems/partner.ts'
import { requestProblems } from './problems/request.ts'
import { secrecyProblems } from './problems/secrecy.ts'
import { signInProblems } from './problems/sign-in.ts'
import { statementProblems } from './problems/statement.ts'
import { systemProblems } from './problems/system.ts'
import { taskProblems } from './problems/task.ts'

/** The codes with which a parser or an act says no. */
type CodeOf<Asked extends (...given: never[]) => unknown> = Extract<Awaited<ReturnType<Asked>>, Refusal>['code']

type ParserCode =
  | CodeOf<typeof parseAccountNumber | typeof parseCardNumber | typeof parseBankCode>
  | CodeOf<typeof parseDate | typeof parseMoney | typeof parseCurrency | typeof subtractMoney>
  | CodeOf<typeof parseCaseNumber | typeof readCaseNumber | typeof parseCourtCode | typeof parseRegistryCode>
  | CodeOf<typeof parseClientId | typeof parseBankNumber>
  | CodeOf<typeof parseCreditCode | typeof parsePersonNumber | typeof parseLegacyPersonNumber>
  | CodeOf<typeof parseTitleCertificate | typeof parseParcelCode | typeof parseUnitCode>

type ActCode =
  | CodeOf<typeof enterCase | typeof addParties | typeof confirmCase | typeof storeDocument>
  | CodeOf<typeof continueCase>
  | CodeOf<typeof enterFundAccount | typeof confirmFundAccount | typeof recordArrival | typeof matchByHand>
  | CodeOf<typeof assignCase | typeof registerPerson | typeof giveGrant | typeof endGrant | typeof attestGrant>
  | CodeOf<typeof sealCase | typeof askToOpen | typeof decideOpening | typeof reveal | typeof exportBundle>
  | CodeOf<typeof sealWrongPerson | typeof askForResult | typeof lookAtResult>
  | CodeOf<typeof searchOwnCases | typeof askSearch | typeof runSearch>
  | CodeOf<typeof signIn | typeof changePassword | typeof givePassword | typeof knowByOpenId>
  | CodeOf<typeof beginTotp | typeof confirmTotp | typeof dropTotp | typeof registerCertificate>
  | CodeOf<typeof unlockAccount | typeof removeFactor>
  | CodeOf<typeof prepareExtension | typeof submitExtension>
  | CodeOf<typeof stopRepetition>
  | CodeOf<typeof startBatch | typeof holdBatch>
  | CodeOf<typeof markAnomaly | typeof announceSample | typeof drawSample | typeof judgeItem | typeof signOffSample>
  | CodeOf<typeof bindCase>
  | CodeOf<typeof openProgress | typeof closeProgress | typeof readProgress>
  | CodeOf<typeof setDuty | typeof endDuty>
  | CodeOf<typeof takeUp | typeof answerAtDesk | typeof keepPaper>
  | CodeOf<typeof setOut | typeof enterPaper | typeof commitCompared | typeof sendBackErrand>
  | CodeOf<typeof saveDraft | typeof correctRequest | typeof submitDraft>
  | CodeOf<typeof finishTask | typeof handOverTask | typeof recordIncoming>
  | CodeOf<typeof submit | typeof approve | typeof sendBack | typeof withdraw | typeof callBack>

type SystemCode =
  | CodeOf<typeof registerClient | typeof checkToken | typeof importCase>
  | CodeOf<typeof registerPartner | typeof provePossession | typeof attachConformance | typeof addPartnerKey>
  | CodeOf<typeof addPartnerCertificate>
  | CodeOf<typeof askAdmission | typeof decideAdmission | typeof suspendPartner>

/** Every code a parser, an act or an unproved statement can answer with: one that has no entry does not compile. */
type RefusedCode = ParserCode | ActCode | SystemCode | ConsentCode | UnprovedCode

/** Every way in which a call can fail, by its code. `docs/errors.md` is printed from this. */
export const catalogue = {
  ...edgeProblems,
  ...accessProblems,
  ...auditProblems,
  ...secrecyProblems,
  ...signInProblems,
  ...identifierProblems,
  ...caseProblems,
  ...paperProblems,
  ...requestProblems,
  ...draftProblems,
  ...batchProblems,
  ...taskProblems,
  ...fundProblems,
  ...lawProblems,
  ...statementProblems,
  ...byPeopleProblems,
  ...systemProblems,
  ...partnerProblems,
} satisfies Readonly<Record<RefusedCode, ProblemEntry>>

export type ProblemCode = keyof typeof catalogue

/** Tells a code of the catalogue from any other text. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(catalogue, code)
}

/** The catalogue by area, in the order in which it is read. */
export function problemsByArea(): readonly (readonly [keyof typeof areas, readonly [string, ProblemEntry][]])[] {
  const all = Object.entries<ProblemEntry>(catalogue)
  const order = Object.keys(areas) as (keyof typeof areas)[]
  return order.map((area) => [area, all.filter(([, entry]) => entry.area === area)])
}

/** `docs/errors.md`, whole. */
export function errorsMarkdown(): string {
  const tables = problemsByArea().map(([area, entries]) => {
    const rows = entries.map(([code, { status, title, who, next, article }]) =>
      [
        `<a id="${code}"></a>\`${code}\``,
        status,
        [title.zh, title.en, ...(article === undefined ? [] : [article])].join('<br>'),
        `${actors[who].zh}<br>${actors[who].en}`,
        `${next.zh}<br>${next.en}`,
      ].join(' | '),
    )
    const head =
      '| code | status | 问题 / what it is | 由谁处理 / who acts | 下一步 / what next |\n|---|---|---|---|---|'
    return `## ${areas[area].zh} · ${areas[area].en}\n\n${head}\n${rows.map((row) => `| ${row} |`).join('\n')}\n`
  })
  return [preface, ...tables].join('\n')
}

const preface = `# 错误代码 · Errors

Printed from the catalogue in \`src/http/problems/\`. A test fails when this page is stale; it is printed anew by
\`npx vitest run test/errors.test.ts -u\`.

Every refusal is a problem (RFC 9457, \`application/problem+json\`): \`type\` is \`/docs/errors#<code>\`, \`title\` Chinese and
\`title_en\` English, \`code\` the contract, \`who\` must act, \`next\` says what to do, \`instance\` is the id of the call as the
log knows it, \`pointer\` (RFC 6901, in the body) or \`field\` says where to look, and \`detail\` what a rule was measured against. The refused value
is never repeated. A rule of law names its \`article\`; how it is kept and tested is in [law.md](law.md).
`
