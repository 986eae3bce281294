import { addDays, daysBetween, toBeijingDate } from '../../domain/beijing-date.ts'
import { isPreservation } from '../../domain/case-type.ts'
import { lastDayOf } from '../../domain/control.ts'
import { statutes } from '../../domain/statute.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { controlOf } from './sealed.tsx'
import { Form, type Printing, Sheet, Signed, Table } from './sheet.tsx'
import {
  applicantLine,
  assetWords,
  caseWords,
  dayOf,
  dayText,
  measureWord,
  namesOf,
  numbersOf,
  rolesIn,
  subjectsAbout,
  sumWords,
  termWords,
} from './wording.ts'

type Of = { readonly facts: PrintFacts; readonly printing: Printing }

/** 期限届满日告知书: the day, and until when the applicant has to ask (财产保全规定 第十八条). */
export function LastDayNotice({ facts, printing }: Of) {
  if (facts.told.length > 1) return <LastDaysNotice facts={facts} printing={printing} />
  const { file, task, registryName } = facts
  const named = controlOf(facts)
  const control = named?.control
  const lastDay = task.about.lastDay ?? (control && lastDayOf(control))
  const { subject } = rolesIn(file)
  return (
    <Sheet facts={facts} printing={printing} title="期限届满日告知书">
      <p class="to">{applicantLine(file)}</p>
      <p>
        本院在办理{caseWords(facts)}中，依据{numbersOf(facts, 'ruling')}裁定，
        {control ? `经${registryName(control.registry)}${measureWord(control.measure)}` : '控制'}了{subject}
        {named?.subject ?? namesOf(subjectsAbout(facts))}的下列财产：{assetWords(named?.asset)}；
        {named ? sumWords(named) : '—'}。
      </p>
      <p>
        期限{named ? termWords(named, lastDay) : '　　'}，届满日为{lastDay ? dayText(lastDay) : '　　年　月　日'}。
      </p>
      {isPreservation(file.number) ? (
        <p>
          依照{statutes.preservation}第十八条的规定，申请续行财产保全的，应当在保全期限届满七日前，即
          {lastDay ? dayText(addDays(lastDay, -7)) : '　　年　月　日'}
          以前向本院书面提出；逾期申请或者不申请的，自行承担不能续行保全的法律后果。
        </p>
      ) : (
        <p>{heldUntil}</p>
      )}
      <p>特此告知。</p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

/** The same of several controls of the case: each with its own day, and the day by which to ask for it. */
function LastDaysNotice({ facts, printing }: Of) {
  const { file, told, controls, registryName } = facts
  const { subject } = rolesIn(file)
  const isKept = isPreservation(file.number)
  const rows = told.map(({ task }) => {
    const named = controls.find(({ control }) => control.id === task.about.control)
    const lastDay = task.about.lastDay ?? (named && lastDayOf(named.control))
    return [
      named?.subject ?? '—',
      named ? registryName(named.control.registry) : '—',
      named ? measureWord(named.control.measure) : '—',
      assetWords(named?.asset),
      named ? sumWords(named) : '—',
      lastDay ? dayText(lastDay) : '—',
      ...(isKept ? [lastDay ? dayText(addDays(lastDay, -7)) : '—'] : []),
    ]
  })
  return (
    <Sheet facts={facts} printing={printing} title="期限届满日告知书">
      <p class="to">{applicantLine(file)}</p>
      <p>
        本院在办理{caseWords(facts)}中，控制了{subject}
        {namesOf(subjectsAbout(facts))}的下列财产，期限届满日分别为：
      </p>
      <Table
        heads={[subject, '协助执行单位', '措施', '财产', '数额', '届满日', ...(isKept ? ['申请续行须在此日以前'] : [])]}
        rows={rows}
      />
      <p>{isKept ? preservedUntil : heldUntil}</p>
      <p>特此告知。</p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

const preservedUntil = `依照${statutes.preservation}第十八条的规定，申请续行财产保全的，应当在各项保全期限届满七日前向本院书面提出；逾期申请或者不申请的，自行承担不能续行保全的法律后果。`
const heldUntil = `依照${statutes.procedure}第四百八十五条的规定，申请延长期限的，应当在期限届满前向本院提出；期限届满未办理续行手续的，查封、扣押、冻结的效力消灭。`

/** 续行期限提示单, which stays in the house: what ends when, and what comes of letting it. */
export function RenewalSlip({ facts, printing }: Of) {
  const { file, task, registryName } = facts
  const named = controlOf(facts)
  const { lastDay, daysBefore } = task.about
  const left = lastDay && daysBetween(toBeijingDate(printing.now), lastDay)
  return (
    <Sheet facts={facts} printing={printing} title="续行期限提示单">
      <Form
        rows={[
          ['案件', caseWords(facts)],
          [rolesIn(file).subject, namesOf(subjectsAbout(facts))],
          ['控制措施', named ? measureWord(named.control.measure) : '—'],
          ['财产', assetWords(named?.asset)],
          ['数额', named ? sumWords(named) : '—'],
          ['协助执行单位', named ? registryName(named.control.registry) : '—'],
          ['控制文号', named?.control.controlNo ?? '—'],
          ['期限', named ? termWords(named, lastDay) : '—'],
          [
            '届满日',
            lastDay ? `${dayText(lastDay)}（${left !== undefined && left >= 0 ? `尚余${left}日` : '已经届满'}）` : '—',
          ],
          ['本次提醒', daysBefore === undefined ? '—' : `届满前${daysBefore}日内`],
          ['办理期限', `${dayOf(new Date(task.due.getTime() - 1))}二十四时前由协助执行单位办结`],
        ]}
      />
      <p>
        续行须在届满前办理（{statutes.procedure}第四百八十五条第二款）。期限届满未续行的，效力消灭（{statutes.seizure}
        第二十七条第一款），届时只能重新查封、冻结，顺位排在已有轮候之后。
      </p>
      {isPreservation(file.number) ? (
        <p>
          本案为财产保全：{rolesIn(file).applicant}应在{lastDay ? dayText(addDays(lastDay, -7)) : '届满七日'}
          前书面申请续行（{statutes.preservation}第十八条第一款）。
        </p>
      ) : (
        ''
      )}
    </Sheet>
  )
}
