import { isDeepStrictEqual } from 'node:util'
import { html } from 'hono/html'
import { type ApprovalLine, defaultMatrix } from '../../domain/approval-matrix.ts'
import { assetClasses } from '../../domain/asset.ts'
import { failuresBeforeLock, longestLock } from '../../domain/lock-out.ts'
import { measures } from '../../domain/measure.ts'
import { conformanceDays } from '../../domain/onboarding.ts'
import { attestationDays, longestGrantDays } from '../../domain/person.ts'
import { reminderDays } from '../../domain/reminder.ts'
import { roles } from '../../domain/role.ts'
import { taskKindList, taskKinds, type Within } from '../../domain/task.ts'
import { daysToBegin } from '../../domain/term.ts'
import { consentDays } from '../../gateway/consent.ts'
import type { Said } from '../../http/problems/entry.ts'
import type { AtDesk } from '../desk/door.ts'
import { listed, say } from '../language.ts'
import { type Html, table } from '../layout.ts'
import type { ConsoleParts } from '../parts.ts'
import { term } from '../terms.ts'
import { adminPage } from './frame.ts'
import { ruleWords as rule } from './rule-words.ts'
import { adminWords as words } from './words.ts'

/** Every rule and limit that holds here now, with the article or the setting it comes from; nothing can be changed here. */
export function rulesPage(parts: ConsoleParts, at: AtDesk): Html {
  const body = html`<h3>${say(words.approvals)}</h3>${approvalsPart(parts)}
    <h3>${say(words.caps)}</h3>${capsPart()}
    <h3>${say(words.deadlines)}</h3>${deadlinesPart(parts)}
    <h3>${say(words.taskDays)}</h3>${tasksPart(parts)}
    <h3>${say(words.rateLimits)}</h3>${ratesPart(parts)}`
  return adminPage('/admin/rules', words.rules, body, at)
}

const setting = (name: string): Html => html`${say(words.set)} <span class="code">${name}</span>`

function approvalsPart({ gateway }: ConsoleParts): Html {
  const matrix = gateway.approvals ?? defaultMatrix
  const source = isDeepStrictEqual(matrix, defaultMatrix)
    ? html`${say(words.builtIn)} · ${say(rule.approvalLaw)}`
    : setting('WRIT_APPROVALS')
  const rows = matrix.map((line): readonly (Html | string)[] => [
    conditionOf(line),
    html`${line.approvals}${line.director ? html` · ${say(words.director)}` : ''}`,
    source,
  ])
  return table(
    [words.condition, words.approvers, words.source],
    [[say(words.inquiry), '0', say(rule.inquiryLaw)], ...rows],
  )
}

function conditionOf({ measures: kinds, from, reason }: ApprovalLine): string {
  const reasons = { 'over-ceiling': words.overCeiling, 'restricted-account': words.restricted } as const
  const what = kinds ? listed(kinds.map((kind) => term(measures[kind]))) : say(words.anyMeasure)
  return [what, from && `${say(words.fromSum)} ${from}`, reason && say(reasons[reason])].filter(Boolean).join(' · ')
}

function capsPart(): Html {
  return table(
    [words.classes, words.value, words.source],
    Object.values(assetClasses).map(({ zh, capYears }) => [
      term(zh),
      `${capYears} ${say(words.years)}`,
      say(rule.capLaw),
    ]),
  )
}

function deadlinesPart({ gateway, secondFactorFor, lasts }: ConsoleParts): Html {
  const { repeatHours, reinquireDays, responses = [], papers } = gateway
  const second = listed(secondFactorFor.map((role) => term(roles[role])))
  const fields = listed(papers.confirm.map((kind) => term(measures[kind])))
  const rows: readonly (readonly [Said, string, Html | string])[] = [
    [rule.reminders, listed(reminderDays.map(String)), say(rule.reminderLaw)],
    [rule.begin, String(daysToBegin), say(words.builtIn)],
    ...responses.map(
      (line) => [rule.respond, respondWords(line, gateway.counter), setting('WRIT_RESPONSE_HOURS')] as const,
    ),
    [rule.respondElse, say(words.fromRegistration), say(rule.respondLaw)],
    ...(repeatHours === undefined ? [] : [[rule.repeat, String(repeatHours), setting('WRIT_REPEAT_HOURS')] as const]),
    ...(reinquireDays === undefined
      ? []
      : [[rule.reinquire, String(reinquireDays), setting('WRIT_REINQUIRE_DAYS')] as const]),
    [rule.seals, say(papers.seals === 'required' ? rule.required : rule.flagged), setting('WRIT_DOCUMENT_SEALS')],
    [rule.confirm, fields || say(words.nothing), setting('WRIT_CONFIRM_FIELDS')],
    [rule.secondFactor, second || say(words.nothing), setting('WRIT_SECOND_FACTOR')],
    [rule.idle, String(Math.round(lasts.idleSeconds / 60)), setting('WRIT_SESSION_IDLE_MINUTES')],
    [rule.session, String(Math.round(lasts.seconds / 3600)), setting('WRIT_SESSION_HOURS')],
    [rule.lock, `${failuresBeforeLock} / ${longestLock / 60_000}`, say(words.builtIn)],
    [rule.grant, String(longestGrantDays), say(words.builtIn)],
    [rule.attest, String(attestationDays), say(words.builtIn)],
    [rule.consent, String(consentDays), say(words.builtIn)],
    [rule.conformance, String(conformanceDays), say(words.builtIn)],
  ]
  return table(
    [words.limit, words.value, words.source],
    rows.map(([what, value, source]) => [say(what), value, source]),
  )
}

function respondWords(
  { registries, measures: kinds, hours }: NonNullable<ConsoleParts['gateway']['responses']>[number],
  counter: ConsoleParts['gateway']['counter'],
): string {
  const names = registries?.map((code) => counter(code)?.registry.name ?? code)
  return [names && listed(names), kinds && listed(kinds.map((kind) => term(measures[kind]))), String(hours)]
    .flatMap((part) => part ?? [])
    .join(' · ')
}

function tasksPart({ gateway }: ConsoleParts): Html {
  const own = gateway.reckoning?.days ?? {}
  const rows = taskKindList.map((kind) => {
    const { within, article } = taskKinds[kind]
    const days = own[kind]
    const source = days === undefined ? article : html`${setting('WRIT_TASK_DAYS')} · ${article}`
    return [say(taskKinds[kind]), withinWords(days === undefined ? within : { by: 'house', workingDays: days }), source]
  })
  return table([words.limit, words.value, words.source], rows)
}

function withinWords(within: Within): string {
  switch (within.by) {
    case 'statute': {
      const urgent =
        within.urgentHours === undefined ? '' : ` · ${say(rule.urgent)} ${within.urgentHours} ${say(rule.hours)}`
      return `${within.days} ${say(rule.days)}${urgent}`
    }
    case 'house':
      return `${within.workingDays} ${say(rule.workingDays)}`
    case 'same-day':
      return say(rule.sameDay)
    case 'last-day':
      return say(rule.lastDay)
  }
}

function ratesPart({ limits }: ConsoleParts): Html {
  const rows = limits
    .rules()
    .map(([name, { per, points, seconds }]) => [
      html`${say(rule.rates[name])} <span class="code">${name}</span>`,
      say(rule.per[per]),
      `${points} / ${seconds < 3600 ? `${seconds / 60} ${say(rule.minutes)}` : `${seconds / 3600} ${say(rule.hours)}`}`,
    ])
  return html`<p>${setting('WRIT_RATE_SCALE')}</p>${table([words.limit, words.per, words.value], rows)}`
}
