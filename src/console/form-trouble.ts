import type { Said } from '../http/problems/entry.ts'
import { language } from './language.ts'

/** What is wrong with a form, in the words of whoever fills it in: never what the interface says to a program. */
export type Trouble = { readonly title: Said; readonly next: Said }

/** Names the fields that were left out or cannot be read; what has no name of its own is looked for on the form. */
export function formTrouble(names: readonly string[] = []): Trouble {
  const told = [...new Set(names.filter(Boolean))]
  const next = {
    zh: '请核对后重新提交；日期写作 2026-06-03，金额只写数字。',
    en: 'Look at it again and send it once more; a day is written 2026-06-03, a sum in figures alone.',
  }
  if (told.length === 0)
    return {
      title: { zh: '有必填项目未填写，或者格式不正确', en: 'Something is left out, or not in the right form' },
      next,
    }
  const list = told.join(language() === 'zh' ? '、' : ', ')
  return { title: { zh: `请填写或更正：${list}`, en: `Fill in or correct: ${list}` }, next }
}

/** The same of one select or box of choices. */
export function choiceMissing({ zh, en }: Said): Trouble {
  return {
    title: { zh: `请选择${zh}`, en: `Choose: ${en}` },
    next: {
      zh: '选择后重新提交；已填写的内容保留在下方。',
      en: 'Choose and send it once more; what you filled in stands below.',
    },
  }
}

/** What the fields of our forms are called, by the names under which a browser sends them. */
const names: Readonly<Record<string, Said>> = {
  kind: { zh: '种类', en: 'kind' },
  number: { zh: '号码或文号', en: 'number' },
  file: { zh: '文件', en: 'file' },
  comment: { zh: '意见', en: 'comment' },
  decision: { zh: '处理意见', en: 'decision' },
  reason: { zh: '理由', en: 'reason' },
  note: { zh: '说明', en: 'note' },
  outcome: { zh: '结果', en: 'outcome' },
  person: { zh: '人员', en: 'person' },
  name: { zh: '姓名或名称', en: 'name' },
  court: { zh: '法院', en: 'court' },
  case: { zh: '案号', en: 'case' },
  role: { zh: '岗位', en: 'role' },
  count: { zh: '数量', en: 'number' },
  rows: { zh: '清单', en: 'list' },
  same: { zh: '核对结果', en: 'what the comparison found' },
  party: { zh: '查询对象', en: 'whom' },
  registries: { zh: '协助执行单位', en: 'registries' },
  basis: { zh: '法律依据及文书', en: 'legal ground and papers' },
  officers: { zh: '执行人员', en: 'officers' },
  contact: { zh: '联系人及电话', en: 'contact' },
  from: { zh: '起始日', en: 'from' },
  to: { zh: '截止日', en: 'until' },
}

/** Those of the places of a refused form that have a name. */
export function namedPlaces(pointers: readonly (string | undefined)[]): readonly string[] {
  return pointers.flatMap((pointer) => {
    const said = names[pointer?.split('/').find((part) => part !== '') ?? '']
    return said ? [said[language()]] : []
  })
}
