import { documentKinds } from '../../domain/legal-basis.ts'
import { taskKinds } from '../../domain/task.ts'
import type { PageLookedAt, SheetLookedAt } from '../../gateway/looked-at.ts'
import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'
import { term } from '../terms.ts'

/** What each page of a case is called to whoever asks who looked at it. */
const pageWords: Readonly<Record<PageLookedAt, Said>> = {
  case: { zh: '案件页', en: 'page of the case' },
  timeline: { zh: '办案经过', en: 'acts of the case' },
  progress: { zh: '公开进度', en: 'links to the public progress' },
  holdings: { zh: '财产信息', en: 'holdings' },
  controls: { zh: '控制措施', en: 'controls' },
  ceiling: { zh: '标的额与已控制数额', en: 'ceiling, and what is held' },
  exhaustion: { zh: '穷尽财产调查情况', en: 'how far property was looked into' },
  transfers: { zh: '扣划情况', en: 'transfers' },
  request: { zh: '请求及其结果', en: 'request and its results' },
  review: { zh: '审批核对', en: 'review before approval' },
  repetition: { zh: '按期重复的请求', en: 'repeated request' },
  extension: { zh: '续行措施的准备', en: 'preparation of an extension' },
  found: { zh: '据查得财产拟写控制请求', en: 'measures on what was found' },
  tasks: { zh: '待办事项和续行期限', en: 'tasks, and what ends soon' },
  errand: { zh: '外勤任务', en: 'errand' },
  counter: { zh: '协助单位答复页', en: 'delivery at the counter' },
  batch: { zh: '批量查询结果', en: 'results of a batch' },
}

const sheetWords: Readonly<Record<SheetLookedAt, Said>> = {
  overview: { zh: '本案财产控制一览表', en: 'overview of the case' },
  findings: { zh: '财产查控结果告知书', en: 'notice of findings' },
  exhaustion: { zh: '网络查控穷尽财产调查清单', en: 'list of how far property was looked into' },
  delivered: { zh: '送达及顺位证明', en: 'proof of service' },
  errand: { zh: '外勤任务单', en: 'errand sheet' },
}

/** The page or paper that a look was at, in words; undefined where its entry does not say it. */
export function lookedAtSaid(about: string | undefined): string | undefined {
  const [what, which = ''] = about?.split(':') ?? []
  if (what === 'page' && which in pageWords) return say(pageWords[which as PageLookedAt])
  if (what === 'sheet' && which in sheetWords) return say(sheetWords[which as SheetLookedAt])
  if (what === 'paper' && which in documentKinds) return term(documentKinds[which as keyof typeof documentKinds])
  return what === 'task' && which in taskKinds ? term(taskKinds[which as keyof typeof taskKinds].paper) : undefined
}
