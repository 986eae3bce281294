import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PartnerState } from '../../src/domain/onboarding.ts'
import { approve } from '../../src/gateway/approve.ts'
import { callBack } from '../../src/gateway/call-back.ts'
import { openDirectory } from '../../src/gateway/directory.ts'
import { courierWork } from '../../src/gateway/dispatch.ts'
import type { RegisteredRegistry } from '../../src/gateway/ports/reads.ts'
import { approverZhao, land, measureOf, officerLin, sure } from '../support/court.ts'
import { type Office, openOffice } from './office.ts'

let office: Office
beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const set = (state: PartnerState) => Object.assign(office.parts.counter(land.code)?.registered ?? {}, { state })

describe('a registry that is suspended', () => {
  test('is asked nothing, also where the request was made before', async () => {
    const file = await office.openCase()
    const waiting = sure(await office.ask(file, measureOf.seal))
    set('suspended')
    expect(await office.ask(file, measureOf.inquire)).toMatchObject({
      code: 'registry-not-live',
      field: 'registries.0',
    })
    const approved = await approve(office.parts, approverZhao, { id: waiting.id, caseId: file.id })
    expect(approved).toMatchObject({ code: 'registry-not-live' })
    set('live')
    expect((await approve(office.parts, approverZhao, { id: waiting.id, caseId: file.id })).kind).toBe('approved')
  })

  test('is not believed when it answers a call that was under way', async () => {
    const file = await office.openCase()
    const { delivery } = await office.send(file, measureOf.inquire)
    const work = courierWork(office.parts, () => [land.code])
    const errand = (await work.lease(100, 60)).find(({ outgoing }) => outgoing.id === delivery.id)
    if (!errand) throw new Error('nothing to carry')
    set('suspended')
    expect(await work.receive(errand, Buffer.from('whatever it says'))).toBe(false)
    expect(await office.opened.reads.quarantined(land.code, { limit: 9 })).toEqual([])
    const called = await callBack(office.parts, officerLin, delivery.id, '申请人撤回')
    expect(called).toMatchObject({ code: 'registry-not-live' })
    set('live')
  })
})

describe('the directory', () => {
  const registry: RegisteredRegistry = {
    ...{ code: land.code, name: land.name, adapter: 'land', mode: 'push', origin: 'https://land.example' },
    ...{ assetClasses: ['land'], measures: ['inquire'], respondWithinHours: 24, demo: false },
    keys: [
      { kid: 'proved', jwk: {}, validFrom: new Date(0), provedAt: new Date(0) },
      { kid: 'waiting', jwk: {}, validFrom: new Date(0), challenge: 'x' },
    ],
    ...{ state: 'live', registeredBy: 'operator' },
  }

  test('knows of a key only once it was proved, and calls whom it may', async () => {
    const there = { rows: [registry], revision: 1, read: 0 }
    const registries = {
      all: async () => {
        there.read += 1
        return there.rows
      },
      find: async () => undefined,
      revision: async () => String(there.revision),
    }
    const speak = () => office.parts.counter(land.code)?.adapter
    const directory = await openDirectory(registries, speak, (known) => known)
    expect(directory.counter(land.code)?.registered.keys.map(({ kid }) => kid)).toEqual(['proved'])
    expect(directory.pushed()).toEqual([land.code])
    // Another process suspends it.
    Object.assign(there, { rows: [{ ...registry, state: 'suspended' }], revision: 2 })
    await directory.catchUp()
    expect([directory.pushed(), directory.codes()]).toEqual([[], [land.code]])
    const { read } = there
    await directory.catchUp()
    expect(there.read).toBe(read)
  })
})
