import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Deed, deeds, isAssigned, refusalOn } from '../../src/domain/authority.ts'
import type { CaseFile } from '../../src/domain/case-file.ts'
import type { Person } from '../../src/domain/person.ts'
import { type Role, roles } from '../../src/domain/role.ts'
import { revealKinds } from '../../src/gateway/reveal-item.ts'
import { binhai, caseFile } from '../support/court.ts'
import { personWith } from '../support/people.ts'

const team = '执行一团队'
const page = readFileSync('docs/secrecy.md', 'utf8')

/** Who may see what, read off the table of deeds: what the page prints. */
const things: readonly (readonly [string, Deed, 'masked' | 'for a reason'])[] = [
  ['当事人 parties', 'case.read', 'masked'],
  ['财产、反馈、控制措施 results and controls', 'results.read', 'masked'],
  ['请求及动态 requests and events', 'request.read', 'masked'],
  ['文书原件 documents', 'document.read', 'for a reason'],
  ['盖章回执 sealed receipts', 'receipt.read', 'for a reason'],
  ['往来（监督）exchanges', 'audit.read', 'masked'],
]
const seats: readonly (readonly [string, Role])[] = [
  ['经办人', 'officer'],
  ['审批人', 'approver'],
  ['立案人员', 'registrar'],
  ['监督员', 'auditor'],
  ['管理员（三员）', 'security-administrator'],
]

function seenBy(person: Person, file: CaseFile, deed: Deed, off: 'masked' | 'for a reason'): string {
  const refused = refusalOn(person, deed, file)
  if (refused?.code === 'role-missing') return '—'
  if (refused) return '不存在'
  if (isAssigned(person, file)) return '明文'
  return off === 'masked' ? '脱敏' : '逐件说明理由'
}

function table(): string {
  const files = [
    caseFile({ team }),
    caseFile({ team: '执行二团队' }),
    caseFile({ team, isSealed: true, members: ['somebody-else'] }),
  ]
  const rows = things.flatMap(([thing, deed, off]) =>
    seats.map(([seat, role]) => {
      const on = personWith('on', '某某', [role], binhai, role === 'auditor' ? undefined : team)
      const wide = personWith('wide', '某某', [role], binhai)
      const [own, others, sealed] = files as [CaseFile, CaseFile, CaseFile]
      return [seat, thing, seenBy(on, own, deed, off), seenBy(wide, others, deed, off), seenBy(on, sealed, deed, off)]
    }),
  )
  const shown = rows.filter(([, , ...cells]) => cells.some((cell) => cell !== '—'))
  const head = [
    '岗位',
    '内容',
    '承办案件 on the case',
    '本院其他案件 elsewhere at the court',
    '保密案件，非知悉人员 sealed, not named',
  ]
  return [head, head.map(() => '---'), ...shown].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

test('docs/secrecy.md says who sees what as the table of deeds has it', () => {
  expect(page).toContain(table())
})

test('no administrator sees anything of a case', () => {
  expect(table()).not.toContain('管理员')
})

test('docs/secrecy.md names every kind of thing that is revealed, and every deed of secrecy', () => {
  for (const kind of revealKinds) expect(page).toContain(`\`${kind}\``)
  const ofSecrecy = Object.keys(deeds).filter((deed) => /reveal|seal|open|search|export/.test(deed))
  for (const deed of ofSecrecy) expect(page).toContain(`\`${deed}\``)
  for (const role of ['officer', 'auditor'] as const) expect(page).toContain(roles[role])
})
