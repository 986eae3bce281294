import { html } from 'hono/html'
import type { CaseFile } from '../../domain/case-file.ts'
import { continuations } from '../../domain/case-line.ts'
import type { Option } from '../answers/inputs.ts'
import { say } from '../language.ts'
import { type Html, tokenField } from '../layout.ts'
import { choice, type Filled, line, standings } from './form.ts'
import { registrarWords as words } from './words.ts'

/** The form that came back, and what is wrong with it. */
export type Refilled = Filled & { readonly form: 'standing' | 'assignment' | 'continuation' }

type Changing = {
  readonly file: CaseFile
  /** What waits is for whoever looks to confirm: what they entered now they could not confirm. */
  readonly mayConfirm: boolean
  /** Of the people named on it. */
  readonly usernames: readonly string[]
  readonly refilled?: Refilled | undefined
}

/** What a registrar changes in a case that is there: its parties, how it stands, what it continues, and whose it is. */
export function changeForms(changing: Changing, token: string): Html {
  const { file, mayConfirm } = changing
  if (mayConfirm) return html`<p class="en">${say(words.confirmFirst)}</p>${assignmentForm(changing, token)}`
  return html`<p><a class="button" href="/registrar/cases/${file.id}/parties">${say(words.addParties)}</a></p>
    ${standingForm(changing, token)}${assignmentForm(changing, token)}${continuationForm(changing, token)}`
}

/** As it came back, or else as the case stands. */
function filledBy(
  { refilled }: Changing,
  form: Refilled['form'],
  fields: Readonly<Record<string, string>>,
): Filled & { readonly open: string } {
  return refilled?.form === form ? { ...refilled, open: ' open' } : { fields, wrongs: new Map(), open: '' }
}

function standingForm(changing: Changing, token: string): Html {
  const { id, standing, terminatedOn = '' } = changing.file
  const filled = filledBy(changing, 'standing', { standing, terminatedOn })
  return html`<details${filled.open}><summary>${say(words.changeStanding)}</summary><p class="en">${say(words.changeStandingHow)}</p>
    <form method="post" action="/registrar/cases/${id}/standing">${tokenField(token)}
      ${choice('standing', words.standing, standings, filled)}${line('terminatedOn', words.terminatedOn, filled, 'type=date')}
      <p><button>${say(words.change)}</button></p></form></details>`
}

function assignmentForm(changing: Changing, token: string): Html {
  const { file, usernames } = changing
  const { id, team = '', isSealed } = file
  if (isSealed) return html`<p class="en">${say(words.sealedAssign)}</p>`
  const filled = filledBy(changing, 'assignment', { team, members: usernames.join('、') })
  return html`<details${filled.open}><summary>${say(words.assign)}</summary><p class="en">${say(words.assignHow)}</p>
    <form method="post" action="/registrar/cases/${id}/assignment">${tokenField(token)}
      ${line('team', words.team, filled, 'maxlength=60')}${line('members', words.assignees, filled, 'maxlength=1000')}
      <p><button>${say(words.doAssign)}</button></p></form></details>`
}

const ways: readonly Option[] = [['', words.choose], ...Object.entries(continuations)]

function continuationForm(changing: Changing, token: string): Html {
  const { id } = changing.file
  const filled = filledBy(changing, 'continuation', {})
  return html`<details${filled.open}><summary>${say(words.continue)}</summary><p class="en">${say(words.continueHow)}</p>
    <form method="post" action="/registrar/cases/${id}/continuation">${tokenField(token)}
      ${line('number', words.earlier, filled, 'maxlength=60 required')}${choice('as', words.continuesAs, ways, filled)}
      <p><button>${say(words.change)}</button></p></form></details>`
}
