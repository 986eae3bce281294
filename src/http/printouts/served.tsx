import { documentKinds } from '../../domain/legal-basis.ts'
import type { PrintFacts } from '../../gateway/printout.ts'
import { Form, type Printing, Sheet } from './sheet.tsx'
import { roleWord } from './wording.ts'

/** 送达回证 (民诉法 第八十七条): what is served on whom; the rest is written by whoever serves it. */
export function ServiceReturn({ facts, printing }: { readonly facts: PrintFacts; readonly printing: Printing }) {
  const { task, file, request } = facts
  const party = file.parties.find(({ id }) => id === task.about.party)
  const papers = (request?.asked.basis.documents ?? []).filter(({ kind }) => kind === 'ruling' || kind === 'judgment')
  const named = papers.map(({ kind, number }) => `${documentKinds[kind]}（${number}）一份`).join('；')
  return (
    <Sheet facts={facts} printing={printing} title="送达回证">
      <Form
        rows={[
          ['送达文书名称和件数', named || '　　　　　　　一份'],
          ['受送达人', party ? `${roleWord(file, party.role)}　${party.subject.name}` : ''],
          ['送达地址'],
          ['送达方式', '□直接送达　□邮寄送达　□电子送达　□留置送达　□公告送达　□其他'],
          ['受送达人签名或者盖章', '　　　　　　　　　　年　　月　　日'],
          ['代收人签名及代收理由'],
          ['留置送达见证人'],
          ['送达人', '　　　　　　　　、　　　　　　　　'],
          ['备考'],
        ]}
      />
      <p class="small">
        注：送达诉讼文书必须有送达回证，由受送达人在送达回证上记明收到日期，签名或者盖章（民事诉讼法第八十七条）。受送达人拒收的，依照第八十九条办理并记明情况。
      </p>
    </Sheet>
  )
}
