import { afterAll, beforeAll, expect, test } from 'vitest'
import { taskKinds } from '../../src/domain/task.ts'
import { screenPolicy } from '../../src/http/printouts/style.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import type { TestCase } from '../http/case.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { signInAs } from './browse.ts'
import { openConsole, type TestConsole } from './open-console.ts'
import { sealedUntil } from './sealed.ts'

let site: TestConsole
let file: TestCase
let visitor: ReturnType<TestConsole['visitor']>
const lin = personWith('on-tasks', '林书远', ['officer'], binhai)
beforeAll(async () => {
  site = await openConsole()
  file = await sealedUntil(site, 400)
  await seat(site.opened, lin)
  await withPassword(site.gateway, lin)
  visitor = site.visitor()
  await signInAs(visitor, lin.username, chosen)
})
afterAll(() => site.close())

const ofCase = (query = '') => visitor.get(`/tasks?case=${encodeURIComponent(file.number)}${query}`)
const taskOf = async (kind: keyof typeof taskKinds) => {
  const filter = { reach: { person: '', spans: [{}] }, caseId: file.id, kind, limit: 10 }
  return (await site.gateway.reads.tasks(filter))[0]?.id ?? ''
}
/** Adds a task that should have been done yesterday. */
async function lateTask(words?: string, kind: keyof typeof taskKinds = 'press-registry') {
  const [entry] = await site.gateway.reads.entries({ caseId: file.id, limit: 1 })
  const id = site.gateway.newId()
  const task = { id, caseId: file.id, key: `${kind}:${id}`, kind, about: {} }
  const due = new Date(Date.now() - 86_400_000)
  await site.gateway.store.act(file.id, async (act) => {
    const kept = words === undefined ? undefined : await act.keep('task', Buffer.from(words))
    const raised = { due, raisedAt: due, raisedBy: 'registry-silent' as const, owner: lin.id, entry: entry?.id ?? '' }
    return { kind: 'raised', was: await act.tasks.raise({ ...task, ...raised }, kept?.id) }
  })
  return id
}

test('tasks stand by deadline with the overdue first, and the address says which are asked for', async () => {
  const late = await lateTask()
  const page = await ofCase()
  expect(page.status).toBe(200)
  const record = page.text.indexOf(`/tasks/${await taskOf('record')}`)
  const [overdue, open] = [page.text.indexOf('已逾期'), page.text.indexOf('未到期')]
  expect(page.text.indexOf(`/tasks/${late}`)).toBeGreaterThan(overdue)
  expect(open).toBeGreaterThan(page.text.indexOf(`/tasks/${late}`))
  expect(record).toBeGreaterThan(open)
  expect((await ofCase('&mine=on')).text).not.toContain(`/tasks/${await taskOf('record')}`)
  expect((await ofCase('&kind=record')).text).not.toContain(`/tasks/${late}`)
  const unknown = await visitor.get(`/tasks?case=${encodeURIComponent('（2026）津0116执99999号')}`)
  expect([unknown.status, unknown.text.includes('没有此案号的案件')]).toEqual([404, true])
  // A deadline that is the end of a day is that day's, and not the first moment of the next.
  expect(page.text).toMatch(/>\d{4}-\d\d-\d\d 24:00<\/time>/)
  expect(page.text).not.toContain(' 00:00:00</time>')
})

test('a task shows its ground and its paper, is ended with a note, and only once', async () => {
  const id = await taskOf('record')
  const page = await visitor.get(`/tasks/${id}`)
  for (const said of [taskKinds.record.article, taskKinds.record.paper, `/tasks/${id}/printout`])
    expect(page.text).toContain(said)
  const paper = await visitor.get(`/tasks/${id}/printout`)
  expect(paper.headers.get('content-security-policy')).toBe(screenPolicy)
  expect(paper.text).toContain(`<a href="/tasks/${id}">← 返回</a>`)
  expect(paper.text).toMatch(/<button type="button" data-print="[^"]*" hidden="[^"]*">打印<\/button>/)
  expect((await visitor.get('/print.js')).text).toContain('print()')
  await visitor.get('/language/en')
  const overview = await visitor.get(`/cases/${file.id}/overview`)
  expect(overview.text).toContain(`<html lang="zh-CN">`)
  expect(overview.text).toMatch(new RegExp(`<nav class="bar" lang="en"><a href="/cases/${file.id}">← Back</a>`))
  expect(overview.text).toContain('本案财产控制一览表')
  await visitor.get('/language/zh')
  expect(paper.text).toContain('size: A4')
  await visitor.get(`/tasks/${id}`)
  const note = '2026年6月5日现场制作笔录，当事人签名。'
  expect((await visitor.post(`/tasks/${id}/outcome`, { outcome: 'done', note: ' ' })).status).toBe(422)
  expect((await visitor.post(`/tasks/${id}/outcome`, { outcome: 'done', note })).location).toBe(`/tasks/${id}`)
  const ended = await visitor.get(`/tasks/${id}`)
  expect(ended.text).toContain(note)
  expect(ended.text).not.toContain('name="outcome"')
  const again = await visitor.post(`/tasks/${id}/outcome`, { outcome: 'dropped', note: '无须办理' })
  expect([again.status, again.text.includes(catalogue['task-ended'].title.zh)]).toEqual([409, true])
  expect((await ofCase('&ended=on')).text).toContain(`/tasks/${id}`)
})

test('a task is handed over to somebody on the case, and to nobody else', async () => {
  const id = await taskOf('post-notice')
  await visitor.get(`/tasks/${id}`)
  const away = await visitor.post(`/tasks/${id}/owner`, { owner: 'officerElsewhere' })
  expect([away.status, away.text.includes(catalogue['owner-not-on-case'].title.zh)]).toEqual([422, true])
  expect((await visitor.post(`/tasks/${id}/owner`, { owner: 'nobody-at-all' })).status).toBe(422)
  expect((await visitor.post(`/tasks/${id}/owner`, { owner: lin.username })).status).toBe(303)
  expect((await site.gateway.reads.task(id))?.owner).toBe(lin.id)
})

test('a task says in the list which property it is about, and the log that it was looked at', async () => {
  const looked = async () =>
    (await site.gateway.reads.entries({ kind: 'results.viewed', person: lin.id, caseId: file.id, limit: 50 })).length
  const before = await looked()
  const { text } = await ofCase()
  const asset = file.seal.measure.targets[0]?.asset.unitCode ?? 'nothing'
  expect(text.slice(text.indexOf(`/tasks/${await taskOf('tell-last-day')}`))).toContain(asset)
  expect(text).toContain('查封 · 滨海新区土地登记机构')
  expect(await looked()).toBe(before + 1)
})

test('what is told to an applicant of one case and day goes on one paper and is ended at once', async () => {
  const [one, other] = [await lateTask(undefined, 'tell-findings'), await lateTask(undefined, 'tell-findings')]
  expect((await ofCase()).text).toMatch(
    new RegExp(`>2 项同案同日[^<]*</span> <a href="/tasks/${one}/printout\\?together=on">合并打印`),
  )
  expect((await visitor.get(`/tasks/${one}/printout?together=on`)).text).toContain('财产查控结果告知书')
  expect((await visitor.get(`/tasks/${one}`)).text).toContain('name="together"')
  const note = '邮寄送达。'
  expect((await visitor.post(`/tasks/${one}/outcome`, { outcome: 'done', note, together: 'on' })).status).toBe(303)
  expect((await site.gateway.reads.task(other))?.ending?.note).toBe(note)
})

test('what came in is masked for who is not on the case', async () => {
  const id = await lateTask('张某某申请解除')
  expect((await visitor.get(`/tasks/${id}`)).text).toContain('张某某申请解除')
  await site.gateway.store.act(file.id, async (act) => {
    await act.assign({ team: '执行一团队', members: [], isSealed: false, by: 'test', at: new Date() })
    return { kind: 'assigned' as const }
  })
  const masked = await visitor.get(`/tasks/${id}`)
  expect([masked.status, masked.text.includes('张某某申请解除')]).toEqual([200, false])
  expect(masked.text).not.toContain('name="outcome"')
  expect((await visitor.get(`/tasks/${id}/printout`)).status).toBe(403)
})
