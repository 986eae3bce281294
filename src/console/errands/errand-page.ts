import { html } from 'hono/html'
import type { Parts } from '../../gateway/parts.ts'
import type { ErrandView } from '../../http/errands/view.ts'
import type { ProblemEntry } from '../../http/problems/entry.ts'
import { fieldsAgain, fieldsDiffering } from '../answers/again.ts'
import { answerFields } from '../answers/form.ts'
import { differing, input } from '../answers/inputs.ts'
import type { AnswerFields } from '../answers/read.ts'
import { requestPart, statementsPart } from '../answers/request-part.ts'
import { answerWords } from '../answers/words.ts'
import type { AtDesk } from '../desk/door.ts'
import type { Trouble } from '../form-trouble.ts'
import { say } from '../language.ts'
import { alert, facts, type Html, page, titled, tokenField } from '../layout.ts'
import { comparePart, earlyPart } from './compare-part.ts'
import { fieldName, roundWrong } from './fields.ts'
import { errandWords as words } from './words.ts'

type Counter = NonNullable<ReturnType<Parts['counter']>>

export type ErrandShown = {
  readonly view: ErrandView
  readonly fields: AnswerFields
  readonly rows?: number
  /** What was entered says that the paper is older than the errand. */
  readonly early?: true
  readonly trouble?: ProblemEntry | Trouble | undefined
  readonly may: { readonly carry: boolean; readonly enter: boolean; readonly compare: boolean }
}

/** One errand, as it is opened from the code on its sheet: the next thing to do stands first. */
export function errandPage(shown: ErrandShown, { who, mark }: AtDesk): Html {
  const { view, trouble, may } = shown
  const { token } = who
  const body = html`<p><a href="/errands">${say(words.errands)}</a></p>${alert(trouble)}
    ${placePart(view)}
    <p><a class="button" href="/errands/${view.id}/sheet">${say(words.sheet)}</a></p>
    ${view.stage === 'to-set-out' && may.carry ? startPart(view, token) : ''}
    ${view.stage === 'to-set-out' || view.stage === 'withdrawn' ? '' : scanPart(shown, token)}
    ${view.stage === 'to-compare' ? thirdPart(shown, token) : ''}
    ${view.stage === 'answered' ? statementsPart(view) : ''}
    ${may.enter ? enterPart(shown, token) : ''}
    ${view.stage === 'answered' ? '' : statementsPart(view)}
    ${requestPart(view, (sha256) => `/cases/${view.caseId}/documents/${sha256}`)}
    <p class="en">${say(answerWords.looked)}</p>`
  return page(body, { title: titled(words.errand, view.request.case), who, mark })
}

function placePart(view: ErrandView): Html {
  const { visit, stage, entered, round } = view
  return facts([
    [answerWords.registry, html`<strong>${view.registryName}</strong>`],
    ...(visit ? [[words.address, visit.address] as const] : []),
    ...(visit?.route ? [[words.route, visit.route] as const] : []),
    ...(visit?.hours ? [[words.hours, visit.hours] as const] : []),
    ...(visit?.phone
      ? [[words.phone, html`<a href="tel:${visit.phone.replace(/[^\d+]/g, '')}">${visit.phone}</a>`] as const]
      : []),
    [words.stage, html`<span class="word">${stageWord(stage)}</span>`],
    ...(stage === 'to-enter' || stage === 'to-compare'
      ? [
          [words.entered, `${entered} ${say(words.ofTwo)}`] as const,
          ...(round > 1
            ? [
                [
                  words.round,
                  stage === 'to-enter' && view.fields.length > 0 ? roundWrong(round, view.fields) : String(round),
                ] as const,
              ]
            : []),
        ]
      : []),
    [words.case, html`<a href="/cases/${view.caseId}">${view.request.case}</a>`],
  ])
}

/** What is to be done next: 待出发, 待录入回执, 待第三人核对. */
export function stageWord(stage: ErrandView['stage']): string {
  return say(stage === 'answered' ? words['answered-stage'] : words[stage])
}

/** A place in a list: its name, and under it where it is and when it is open. */
export function placeCell(counter: Counter | undefined, code: string): Html | string {
  const visit = counter?.registered.visit
  const name = counter?.registry.name ?? code
  return visit
    ? html`${name}<br><span class="en">${[visit.address, visit.hours].filter(Boolean).join(' · ')}</span>`
    : name
}

function startPart({ id }: ErrandView, token: string): Html {
  return html`<section class="notice"><p>${say(words.startHow)}</p>
    <form method="post" action="/errands/${id}/start">${tokenField(token)}<button>${say(words.start)}</button></form></section>`
}

/** A phone offers its camera; a desktop its files. */
function scanPart({ view, may }: ErrandShown, token: string): Html {
  const { id, receipts } = view
  const upload = html`<form method="post" action="/errands/${id}/scan" enctype="multipart/form-data">${tokenField(token)}
      <p><label for="file">${say(words.scanHow)}</label><input id="file" name="file" type="file" accept="image/*,application/pdf" capture="environment" required></p>
      <p><button class="quiet">${say(words.upload)}</button></p></form>`
  return html`<h3>${say(words.scan)}</h3>
    ${receipts.length === 0 ? html`<p>${say(words.noScan)}</p>` : html`<ul>${receipts.map((one, at) => scanLine(id, one, at))}</ul>`}
    ${may.carry ? upload : ''}`
}

function scanLine(id: string, { sha256, length }: ErrandView['receipts'][number], at: number): Html {
  const size = `${Math.max(1, Math.round(length / 1024))} KiB`
  return html`<li>${say(words.scans)} ${at + 1} · ${size} · <a href="/errands/${id}/scans/${sha256}">${say(words.openScan)}</a></li>`
}

/** Answered, it is entered anew only where something is corrected or has gone on, which is rare and folded away. */
function enterPart({ view, fields: given, rows, early, trouble }: ErrandShown, token: string): Html | string {
  if (view.stage === 'to-compare' || view.stage === 'to-set-out' || view.stage === 'withdrawn') return ''
  if (!view.mayEnter) return html`<p class="notice">${say(words.youEntered)}</p>`
  const own = Object.keys(given).length === 0 && view.own ? fieldsAgain(view.own, view) : given
  const fields = { ...own, [differing]: fieldsDiffering(view.fields, view.own, view).join(' ') }
  const differs = html`<div class="notice"><p>${say(words.differs)}</p><ul>${view.fields.map((path) => html`<li>${fieldName(path)}</li>`)}</ul></div>`
  const form = html`<p>${say(words.enterHow)}</p>${view.fields.length > 0 ? differs : ''}
    <form method="post" action="/errands/${view.id}/entries" class="wide">${tokenField(token)}
      <fieldset><legend>${say(answerWords.asOnPaper)}</legend><div class="row">
        <p>${input('case', answerWords.case, fields, 'required maxlength=60 autocomplete=off')}</p>
        <p>${input('name', answerWords.name, fields, 'required maxlength=200 autocomplete=off')}</p>
        <p>${input('idNumber', answerWords.idNumber, fields, 'required maxlength=40 autocomplete=off')}</p></div></fieldset>
      <p>${input('receivedAt', answerWords.receivedAt, fields, 'type=datetime-local step=1 required')}</p>
      ${answerFields(view, { fields, from: 'paper', ...(rows !== undefined && { rows }) })}
      ${early ? earlyPart() : ''}<p><button>${say(words.submit)}</button></p></form>`
  if (view.stage !== 'answered') return html`<h3>${say(words.enter)}</h3>${form}`
  const isBegun = trouble !== undefined || early || Object.keys(given).length > 0
  return html`<details${isBegun ? ' open' : ''}><summary>${say(words.enterAgain)}</summary>${form}</details>`
}

function thirdPart({ view, may }: ErrandShown, token: string): Html {
  return view.mayCompare && may.compare && view.agreed
    ? comparePart(view, view.agreed, token)
    : html`<p class="notice">${say(words.waitsForThird)}</p>`
}
