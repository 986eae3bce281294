import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, needOf } from '../../src/domain/authority.ts'
import { roleList } from '../../src/domain/role.ts'
import { catalogue } from '../../src/http/problem-catalogue.ts'
import { villageBank } from '../http/edge.ts'
import { chosen, withPassword } from '../support/accounts.ts'
import { binhai, hedong } from '../support/court.ts'
import { personWith, seat } from '../support/people.ts'
import { browse, type Shown, signInAs } from './browse.ts'
import { consoleOn, openConsole, type TestConsole } from './open-console.ts'
import { type Recipe, recipesOn } from './recipes.ts'

/** What weighs for itself who may: the door, one's own account, and the list, which shows what is within reach. */
const weighsItself =
  /^(?:\/|\/find|\/console\.css|\/favicon\.svg|\/language\/(?:zh|en)|\/(?:check-entry|log-proof|live|print)\.js|\/progress\/:token|\/sign-out|\/sign-in(?:\/.*)?|\/account(?:\/.*)?)$/

let site: TestConsole
/** The same pages where policy wants a second factor of everybody. */
let strict: ReturnType<typeof consoleOn>
let recipes: Readonly<Record<string, Recipe>>
beforeAll(async () => {
  site = await openConsole()
  strict = consoleOn(site, { secondFactorFor: roleList })
  recipes = await recipesOn(site)
})
afterAll(() => site.close())

const doors = () =>
  consoleOn(site)
    .routes.filter(({ method }) => method !== 'ALL')
    .map(({ method, path, handler }) => ({ method, path, opens: (handler as { opens?: Deed }).opens }))

type Visitor = ReturnType<TestConsole['visitor']>

let serial = 0
const visitors = new Map<string, Promise<Visitor>>()

/** Whoever has these roles at this court: the same person at every door, because to sign in is slow on purpose. */
function visitorWith(roles: Parameters<typeof personWith>[2], court = binhai, at: 'here' | 'strict' = 'here') {
  const name = JSON.stringify([roles, court, at])
  const known = visitors.get(name) ?? signedIn(roles, court, at)
  visitors.set(name, known)
  return known
}

async function signedIn(roles: Parameters<typeof personWith>[2], court: typeof binhai, at: 'here' | 'strict') {
  serial += 1
  const plain = personWith(`door-${serial}`, '某某', roles, court)
  // A registry's clerk holds the role for one registry: here, the one that the court of these doors asks.
  const seatOf = (role: string) => (role === 'registry-clerk' && court === binhai ? { registry: villageBank } : {})
  const person = { ...plain, holds: plain.holds.map((held) => ({ ...held, ...seatOf(held.role) })) }
  await seat(site.opened, person)
  await withPassword(site.gateway, person)
  const visitor = at === 'here' ? site.visitor() : browse((to, init) => strict.request(to, init))
  await signInAs(visitor, person.username, chosen)
  // A page of their own gives them the token of their forms.
  await visitor.get('/account')
  return visitor
}

function knock(
  visitor: ReturnType<TestConsole['visitor']>,
  method: string,
  { path, fields = {}, file }: Recipe,
): Promise<Shown> {
  if (method === 'GET') return visitor.get(path)
  return file ? visitor.upload(path, { ...(fields as Record<string, string>), file }) : visitor.post(path, fields)
}

test('every page is for a deed, or weighs for itself who may', () => {
  expect(doors().filter(({ path, opens }) => !opens && !weighsItself.test(path))).toEqual([])
  expect(
    doors()
      .filter(({ opens }) => opens)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  ).toEqual(Object.keys(recipes).sort())
})

test('every page about a case turns away who is not signed in, has not the role, or is of another court', async () => {
  const open: string[] = []
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (!opens || !recipe) continue
    const named = roleList.filter((role) => needOf(opens)[role] !== undefined)
    const others = roleList.filter((role) => needOf(opens)[role] === undefined)
    const told = async (who: string, visitor: ReturnType<TestConsole['visitor']>, wanted: number, to?: string) => {
      const { status, location } = await knock(visitor, method, recipe)
      if (status !== wanted || location !== to) open.push(`${method} ${path} · ${who}: ${status} ${location ?? ''}`)
    }
    await told('nobody', site.visitor(), 303, '/sign-in')
    await told('every other role', await visitorWith(others), 403)
    if (recipe.everywhere) continue
    if (recipe.lists === undefined) await told('another court', await visitorWith(named, hedong), 404)
    else {
      const { status, text } = await knock(await visitorWith(named, hedong), method, recipe)
      // What is open to every auditor may lead to the list of all; it has nothing of the case in it either.
      const wanted = recipe.answers === undefined ? [200, 303] : [recipe.answers]
      if (!wanted.includes(status) || text.includes(recipe.lists))
        open.push(`${method} ${path} · another court: ${status}`)
    }
  }
  expect(open).toEqual([])
})

test('where policy wants a second factor, a session without one opens none of them', async () => {
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (!opens || !recipe) continue
    const named = roleList.filter((role) => needOf(opens)[role] !== undefined)
    const visitor = await visitorWith(named, binhai, 'strict')
    const { status, text } = await knock(visitor, method, recipe)
    expect([method, path, status]).toEqual([method, path, 403])
    expect(text).toContain(catalogue['second-factor-needed'].title.zh)
  }
})

test('a form without its token, or from another site, does nothing', async () => {
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (method !== 'POST' || !opens || !recipe || recipe.file) continue
    const visitor = await visitorWith(roleList.filter((role) => needOf(opens)[role] !== undefined))
    expect((await visitor.post(recipe.path, { ...recipe.fields, token: 'guessed' })).status).toBe(403)
    expect((await visitor.post(recipe.path, recipe.fields ?? {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
  }
})

/** What a page in English quotes in Chinese: names, addresses, case numbers, an article, the title of a paper, the headings of a list. */
const quoted =
  /[（(]\d{4}[）)]津\S+号(?:之一)?|津0116(?:执[工公]\d{3})?|court:津\d+|(?:查扣冻|财产保全|财产调查|终本|执行)规定[^\s<]*|冯国安|钱守正|某某|张\S{1,2}|李\S{1,2}|林书远|赵明诚|梅清和|韩立新|周正|何立群|温秀兰|\S+(?:法院|登记机构|登记中心|银行|分行)|法释〔\S+|民诉法\S+|民事诉讼法第\S+条|《中华人民共和国民事诉讼法》\S+条|查明(?:被执行人)?财产(?:状况)?|核对请求原文与裁定|催办函|案号|被执行人|协助执行单位|财产种类|中文|县城关镇\S+|工作日 [\d:—]+/gu

test('in English, no page has a word of ours left in Chinese', async () => {
  const left: string[] = []
  for (const { method, path, opens } of doors()) {
    const recipe = recipes[`${method} ${path}`]
    if (
      method !== 'GET' ||
      !opens ||
      !recipe ||
      /\/(?:printout|overview|findings|exhaustion|service|sheet)$/.test(path)
    )
      continue
    const visitor = await visitorWith(roleList.filter((role) => needOf(opens)[role] !== undefined))
    await visitor.get('/language/en')
    const { text, headers } = await visitor.get(recipe.path)
    if (!headers.get('content-type')?.startsWith('text/html')) continue
    const shown = text.replace(/<svg class="watermark"[\s\S]*?<\/svg>/, '').replace(/<p class="whose">.*?<\/p>/, '')
    for (const [word] of shown.replace(quoted, '').matchAll(/[^<>"]*\p{Script=Han}[^<>"]*/gu))
      left.push(`${path}: ${word.trim()}`)
  }
  expect([...new Set(left)]).toEqual([])
})
