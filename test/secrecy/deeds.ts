import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoCodes } from '../support/sandbox-town.ts'
import type { Town } from '../support/town.ts'
import { openBureau } from './bureau.ts'
import { type Caller, said } from './caller.ts'
import { sendSignedCase } from './case-system.ts'
import { marks } from './marks.ts'

type Id = { readonly id: string }

const officers = [
  { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
  { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
]

/** Does everything that can be done with a case, with a mark in every place where somebody could be named. */
export async function doEverything(town: Town, call: Caller): Promise<void> {
  const [wen, he, lin, zhao, mei] = (['wen', 'he', 'lin', 'zhao', 'mei'] as const).map((who) => town.token(who))
  await town.writ('user', 'add', 'qiu', '--name', '邱某某', '--role', 'audit-administrator')
  const qiu = await town.signIn('qiu')
  const bureau = await openBureau(town, call)
  const signedCase = await sendSignedCase(town, call)
  const as = (token: string | undefined, body?: unknown) => ({
    ...(token && { token }),
    ...(body !== undefined && { body }),
  })

  const number = `（${new Date().getUTCFullYear()}）津0116执4711号`
  const parties = [
    {
      role: 'debtor',
      subject: {
        kind: 'person',
        name: marks.name,
        idType: 'id-card',
        idNumber: marks.number,
        legacyIdNumber: marks.legacy,
      },
    },
    {
      role: 'debtor',
      subject: { kind: 'organisation', name: marks.company, idType: 'credit-code', idNumber: marks.creditCode },
    },
    {
      role: 'debtor',
      subject: { kind: 'person', name: marks.namesake, idType: 'id-card', idNumber: marks.namesakeNumber },
    },
  ]
  const { id: caseId } = said<Id>(
    await call('POST', '/v1/cases', as(wen, { number, claim: '500.00', judge: '周正', parties })),
  )
  said(await call('POST', `/v1/cases/${caseId}/confirmation`, as(he, {})))
  said(await call('GET', `/v1/cases/${signedCase}`, as(lin)))
  const file = said<{ parties: Id[] }>(await call('GET', `/v1/cases/${caseId}`, as(lin)))
  const [debtor, , namesake] = file.parties.map(({ id }) => id)

  const documents: object[] = []
  for (const kind of ['inquiry-notice', 'ruling', 'freeze-notice', 'execution-notice']) {
    const form = new FormData()
    form.set('kind', kind)
    form.set('number', `${marks.documentNumber}之${kind}`)
    form.set(
      'file',
      new File([`%PDF-1.4 ${marks.documentText} ${kind}`], `${marks.documentNumber}.pdf`, { type: 'application/pdf' }),
    )
    documents.push(said<object>(await call('POST', `/v1/cases/${caseId}/documents`, { ...as(lin), body: form })))
  }
  const asks = async (party: string | undefined, measure: object, registries: readonly string[], nth: number) => {
    const basis = { statute: '民事诉讼法第二百五十三条', purpose: marks.purpose, documents }
    const body = {
      case: number,
      party,
      measure,
      registries,
      basis,
      officers,
      contact: { name: '林书远', phone: marks.phone },
    }
    const headers = { 'Idempotency-Key': `${marks.key}-${nth}` }
    return said<Id>(await call('POST', '/v1/requests', { ...as(lin, body), headers })).id
  }
  const everywhere = [bureau.code, demoCodes.land, demoCodes.realEstate, demoCodes.banks[0]]
  const inquiry = await asks(debtor, { kind: 'inquire', kinds: ['land', 'real-estate', 'deposit'] }, everywhere, 1)
  await asks(namesake, { kind: 'inquire', kinds: ['deposit'] }, [demoCodes.banks[0]], 2)
  const asset = { class: 'deposit', account: marks.account }
  const term = { from: '2026-01-01', to: '2026-12-31' }
  const freeze = { kind: 'freeze', targets: [{ asset, amount: '10.00' }], term }
  const returned = await asks(debtor, freeze, [demoCodes.banks[0]], 3)
  said(
    await call('POST', `/v1/requests/${returned}/approval`, as(zhao, { decision: 'return', comment: marks.comment })),
  )
  const approved = await asks(debtor, freeze, [demoCodes.banks[0]], 4)
  said(await call('POST', `/v1/requests/${approved}/approval`, as(zhao, { decision: 'approve' })))
  await call('POST', `/v1/deliveries/${caseId}/withdrawal`, as(lin, { reason: marks.withdrawal }))
  const [delivery = ''] = await bureau.answerAll()
  await answered(call, lin, inquiry)
  const shown = said<Shown>(await call('GET', `/v1/requests/${inquiry}`, as(lin)))
  const ours = shown.deliveries.find(({ id }) => id === delivery)
  const statement = ours?.statements[0]?.id ?? ''

  // Not on the case from here on: whoever is not named reads masks, and has them revealed.
  said(await call('PUT', `/v1/cases/${caseId}/assignment`, as(wen, { team: '执行一团队', members: ['lin', 'he'] })))
  const masked = await call('GET', `/v1/requests/${inquiry}`, as(zhao))
  if (masked.text.includes(marks.address)) throw new Error('what is read off the case is not masked')
  for (const [what, which] of [
    ['party', debtor],
    ['request', inquiry],
    ['statement', `${delivery}/${statement}`],
  ])
    said(await call('POST', `/v1/cases/${caseId}/reveals`, as(zhao, { what, which, reason: marks.revealReason })))
  const audit = { what: 'exchange', which: delivery, reason: marks.revealReason }
  said(await call('POST', `/audit/v1/cases/${caseId}/reveals`, as(mei, audit)))
  const evidence = { ...as(mei, { reason: marks.exportReason }), headers: { Prefer: 'wait=20' } }
  said(await call('POST', `/audit/v1/exchanges/${delivery}/evidence`, evidence))
  said(await call('GET', '/audit/v1/reveals', as(mei)))

  said(await call('POST', `/v1/deliveries/${delivery}/wrong-person`, as(lin, { statement, reason: marks.wrongReason })))
  said(
    await call(
      'POST',
      `/v1/deliveries/${delivery}/openings`,
      as(lin, { statement, wanted: 'look', reason: marks.openReason }),
    ),
  )
  said(
    await call(
      'POST',
      '/v1/searches',
      as(lin, { idType: 'id-card', idNumber: marks.soughtNumber, name: marks.soughtName }),
    ),
  )
  const sought = { idType: 'id-card', idNumber: marks.legacy, name: marks.name, reason: marks.searchReason }
  const { id: search } = said<Id>(await call('POST', '/audit/v1/searches', as(mei, sought)))
  said(await call('POST', `/audit/v1/searches/${search}/decision`, as(qiu, { decision: 'allow' })))
  said(await call('GET', `/audit/v1/searches/${search}`, as(mei)))
  said(await call('POST', `/v1/cases/${caseId}/seal`, as(he, { members: ['lin'], reason: marks.sealReason })))
  said(await call('POST', `/v1/cases/${caseId}/openings`, as(he, { unseal: true, reason: marks.openReason })))
  await beRefused(town, call, { caseId, inquiry, lin, wen, mei })
}

type Shown = {
  readonly answered: boolean
  readonly deliveries: readonly { readonly id: string; readonly statements: readonly Id[] }[]
}

async function answered(call: Caller, token: string | undefined, request: string): Promise<void> {
  for (let tries = 0; tries < 150; tries += 1) {
    const shown = said<Shown>(await call('GET', `/v1/requests/${request}`, { ...(token && { token }) }))
    if (shown.answered) return
    await sleep(200)
  }
  throw new Error('the registries did not answer')
}

type Known = Readonly<Record<'caseId' | 'inquiry', string>> & {
  readonly [who in 'lin' | 'wen' | 'mei']?: string | undefined
}

/** Everything that is refused, with the mark in the refused place: bodies, queries, paths, headers, files of commands. */
async function beRefused(town: Town, call: Caller, { caseId, inquiry, lin, wen, mei }: Known): Promise<void> {
  const as = (token: string | undefined) => ({ ...(token && { token }) })
  const path = (text: string) => encodeURIComponent(text)
  const json = { 'Content-Type': 'application/json' }
  const subject = {
    kind: 'person',
    name: marks.name,
    idType: 'id-card',
    idNumber: `${marks.number.slice(0, 17)}${marks.number.endsWith('1') ? '2' : '1'}`,
  }
  const bad = {
    number: marks.name,
    claim: marks.account,
    judge: marks.name,
    parties: [{ role: 'debtor', subject }],
    [marks.name]: 1,
  }
  await call('POST', '/v1/cases', { ...as(wen), body: bad })
  await call('POST', '/v1/cases', { ...as(wen), body: `{"number": ${marks.name}`, headers: json })
  await call('POST', '/v1/cases', { ...as(wen), body: marks.name, headers: { 'Content-Type': 'text/plain' } })
  await call('POST', '/v1/requests', {
    ...as(lin),
    body: { case: marks.number },
    headers: { 'Idempotency-Key': marks.key },
  })
  await call('POST', `/v1/cases/${caseId}/reveals`, {
    ...as(lin),
    body: { what: 'party', which: marks.number, reason: marks.revealReason },
  })
  await call('POST', '/v1/searches', { ...as(lin), body: { idType: marks.name, idNumber: marks.number } })
  await call('POST', '/audit/v1/searches', {
    ...as(mei),
    body: { idType: 'id-card', idNumber: marks.number, reason: '短' },
  })
  for (const text of [marks.name, marks.number, marks.account, marks.documentNumber]) {
    await call('GET', `/v1/cases?number=${path(text)}&after=${path(text)}`, as(lin))
    await call('GET', `/v1/cases/${path(text)}`, as(lin))
    await call('GET', `/v1/cases/${caseId}/documents/${path(text)}`, as(lin))
    await call('GET', `/v1/requests/${path(text)}?${path(text)}=${path(text)}`, as(lin))
    await call('GET', `/${path(text)}/${path(text)}`, as(lin))
    await call('DELETE', `/v1/requests/${path(text)}`, as(lin))
    await call('GET', `/audit/v1/entries?case=${path(text)}&person=${path(text)}`, as(mei))
    await call('GET', `/log/tile/${path(text)}`)
    await call('POST', `/adapters/${path(text)}/${path(text)}`, {
      body: text,
      headers: { 'Content-Type': 'text/plain' },
    })
    await call('POST', `/adapters/${demoCodes.banks[0]}/${path(text)}`, {
      body: `<a>${text}</b>`,
      headers: { 'Content-Type': 'text/xml' },
    })
    await call('POST', `/adapters/${demoCodes.realEstate}/token`, {
      body: `gxData=${path(text)}`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })
  }
  await call('GET', `/v1/requests/${inquiry}`, { token: marks.token })
  await call('GET', '/v1/cases', {
    headers: { Authorization: `Basic ${Buffer.from(`lin:${marks.password}`).toString('base64')}` },
  })
  const broken = { 'Content-Type': `multipart/form-data; boundary=${marks.number}` }
  await call('POST', `/v1/cases/${caseId}/documents`, { ...as(lin), body: marks.documentText, headers: broken })
  await call('POST', `/v1/cases/${caseId}/documents`, {
    ...as(lin),
    body: Buffer.from(marks.documentText),
    headers: {
      'Content-Type': 'application/pdf',
      'Writ-Document-Kind': 'ruling',
      'Writ-Document-Number': path(marks.documentNumber),
    },
  })
  const registration = join(town.dir, 'broken.json')
  writeFileSync(registration, `{"code":"bank-1","credential":{"user":"u","password":"${marks.password}"x}}`)
  for (const command of ['partner', 'client']) {
    const told = await town.writ(command, 'add', registration).catch((cause: Error) => [cause.message])
    // A parser quotes no more than the text around its mistake.
    if (told.join().includes(marks.password.slice(-5))) throw new Error('a command repeats a password')
  }
}
