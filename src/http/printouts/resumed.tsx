import { toBeijingDate } from '../../domain/beijing-date.ts'
import { reinquiryDays } from '../../domain/termination.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { Asked, Found, toldIn } from './findings.tsx'
import { type Printing, Sheet, Signed } from './sheet.tsx'
import { applicantsOf, caseWords, dayText, namesOf } from './wording.ts'

type Of = { readonly facts: PrintFacts; readonly printing: Printing }

/** 恢复执行审查表: what the inquiry after 终本 found; whether it lets the case be resumed is for the judge to say. */
export function ResumeReview({ facts, printing }: Of) {
  const { file } = facts
  return (
    <Sheet facts={facts} printing={printing} title="恢复执行审查表">
      <p>
        {caseWords(facts)}
        {file.terminatedOn ? `于${dayText(file.terminatedOn)}` : ''}
        终结本次执行程序后，本院通过网络执行查控系统查询，发现下列财产：
      </p>
      <Asked facts={toldIn(facts)} />
      <Found facts={toldIn(facts)} now={printing.now} />
      <p>
        依照《最高人民法院关于严格规范终结本次执行程序的规定（试行）》第九条的规定，符合恢复执行条件的，应当及时恢复执行。查询结果另行告知申请执行人
        {namesOf(applicantsOf(file))}。
      </p>
      <p>审查意见：□ 恢复执行，立执恢案件　　□ 不符合恢复执行条件，理由：　　　　　　　　　　　　　　</p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}

/** 终本后财产查询提示单: the inquiry of a half-year that the gateway could not make by itself. */
export function AskAgainSlip({ facts, printing }: Of) {
  const { file, task } = facts
  const party = file.parties.find(({ id }) => id === task.about.party)
  const next = file.terminatedOn && reinquiryDays(file.terminatedOn).find((day) => day > toBeijingDate(printing.now))
  return (
    <Sheet facts={facts} printing={printing} title="终本后财产查询提示单">
      <p>
        {caseWords(facts)}
        {file.terminatedOn ? `于${dayText(file.terminatedOn)}` : ''}
        终结本次执行程序。依照《最高人民法院关于严格规范终结本次执行程序的规定（试行）》第九条第二款，五年内应当每六个月通过网络执行查控系统查询一次被执行人的财产，并将查询结果告知申请执行人。
      </p>
      <p>
        本期对被执行人{party?.subject.name ?? '　　　'}的查询未能自动发出（{task.words ?? '原因见日志'}
        ），请人工发起查询。{next ? `下一期：${dayText(next)}。` : ''}
      </p>
      <Signed facts={facts} printing={printing} />
    </Sheet>
  )
}
