import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { claims, done, house, land, now, number, openDesk, queued, result, said, sealed } from './real-estate-desk.ts'

describe('the answer to a measure', () => {
  test('accepted is not executed: only a moment of registration makes it so', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    expect((await call('control/commit/result', result([done({ cflx: '1' })]))).head.code).toBe('0000')
    expect(standing()).toMatchObject({ answer: 'accepted', targets: [] })
    expect((await call('control/commit/result', result([done(sealed)]))).head.code).toBe('0000')
    expect(standing()).toMatchObject({
      answer: 'executed',
      receivedAt: now,
      targets: [{ effect: 'effective', controlNo: 'CF1', term: { from: '2024-06-03', to: '2027-06-02' } }],
    })
  })

  test('an acceptance that arrives after the registration does not undo it', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done(sealed)]))
    await call('control/commit/result', result([done()]))
    expect(standing().answer).toBe('executed')
  })

  test('accepted and then sent back by the counter is refused, with its reason', async () => {
    const { call, standing, statements } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done()]))
    await call('control/commit/result', result([{ bdcdyh: house, kzzt: '2', wnkzyy: '权利人不一致' }]))
    expect(standing()).toMatchObject({ answer: 'refused', targets: [{ effect: 'none', reason: '权利人不一致' }] })
    expect(statements().at(-1)?.reason).toEqual({ code: 'registry-refused', text: '权利人不一致' })
  })

  test('a waiting seal quotes its place and has no running term', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    const priors = [{ cfjg: '天津市河东区人民法院', cfwh: '（2024）津0102执保15号', cflx: '1', cfjssj: '2027/02/28' }]
    await call('control/commit/result', result([done({ ...queued, qxcfs: priors })]))
    const [target] = standing().targets
    expect(standing().answer).toBe('waiting')
    expect(target).toMatchObject({
      effect: 'waiting',
      queuePlace: 3,
      encumbrances: [{ kind: 'seal', holder: '天津市河东区人民法院' }],
    })
    expect(target).not.toHaveProperty('term')
  })

  test('activated later: it holds from the moment the seal in front was lifted', async () => {
    const { call, standing } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done(queued)]))
    const lifted = { ...sealed, csksrq: '2024/06/03', jfsj: '2024-06-03 10:00:50' }
    const { jfsj, ...without } = lifted
    expect((await call('control/commit/result', result([done(without)], { fklx: '3' }))).head).toEqual({
      code: '2005',
      msg: '反馈结果不规范：data.kzxxs[0].jfsj',
    })
    expect((await call('control/commit/result', result([done(lifted)], { fklx: '3' }))).head.code).toBe('0000')
    expect(standing()).toMatchObject({
      answer: 'executed',
      targets: [{ effect: 'effective', registeredAt: new Date('2024-06-03T02:00:50Z'), term: { to: '2027-06-02' } }],
    })
  })

  test('converted, ended and returned are each their own word', async () => {
    const { call, statements } = openDesk({ [number]: claims({ measure: 'pre-seal' }) })
    await call('control/commit/result', result([done({ ...sealed, cflx: '3' })]))
    await call('control/commit/result', result([done(sealed)], { fklx: '4' }))
    await call('control/commit/result', result([done({ sxyy: '2' })], { fklx: '5' }))
    await call('control/commit/result', result([{ bdcdyh: house, kzzt: '2', wnkzyy: '退件' }], { fklx: '6' }))
    expect(statements().map(({ kind }) => kind)).toEqual(['received', 'executed', 'converted', 'ended', 'returned'])
    expect(statements()[3]?.targets).toMatchObject([{ effect: 'ended', endedBy: 'expired' }])
  })

  test('land and building are two units; one of them held by another court makes it partly', async () => {
    const pair = claims({
      targets: [
        { asset: { class: 'real-estate', unitCode: house }, scope: 'whole' },
        { asset: { class: 'land', parcelCode: land.slice(0, 19) }, scope: 'whole' },
      ],
    })
    const { call, standing } = openDesk({ [number]: pair })
    expect((await call('control/commit/result', result([done(sealed)]))).head.code).toBe(said('incomplete'))
    await call('control/commit/result', result([done(sealed), done({ ...queued, bdcdyh: land })]))
    expect(standing()).toMatchObject({
      answer: 'partly',
      targets: [{ effect: 'effective' }, { effect: 'waiting', queuePlace: 3 }],
    })
  })

  test('a release ends the control, an extension moves its term', async () => {
    const { call, standing } = openDesk({ [number]: claims({ measure: 'release', parent: { controlNo: 'CF1' } }) })
    await call('control/commit/result', result([done({ djsj: '2024-06-03 10:00:30' })]))
    expect(standing()).toMatchObject({ answer: 'executed', targets: [{ effect: 'ended', endedBy: 'released' }] })
    const extended = openDesk({ [number]: claims({ measure: 'extend', parent: { controlNo: 'CF1' } }) })
    await extended.call('control/commit/result', result([done({ ...sealed, csjsrq: '2030/06/02' })]))
    expect(extended.standing().targets).toMatchObject([{ effect: 'effective', term: { to: '2030-06-02' } }])
  })

  test('the same first answer again changes nothing; another one needs the mark of a correction', async () => {
    const { call, told, standing } = openDesk({ [number]: claims() })
    await call('control/commit/result', result([done(sealed)]))
    expect(
      (await call('control/commit/result', result([done(sealed)], { fksj: '2024-06-03 10:02:00' }))).head.code,
    ).toBe('0000')
    const other = [done({ ...sealed, csjsrq: '2027/06/01' })]
    expect((await call('control/commit/result', result(other))).head.code).toBe(said('already-fed-back'))
    expect(told).toHaveLength(2)
    expect((await call('control/commit/result', result(other, { fklx: '2' }))).head.code).toBe('0000')
    expect(standing().targets).toMatchObject([{ term: { to: '2027-06-01' } }])
  })

  test.each([
    ['another case', { ah: '（2024）津0116执9999号' }, 'statement-other-case', 'data.ah'],
    ['another subject', { zjh: '120101199001150028' }, 'statement-other-subject', 'data.xm/zjh'],
    ['a namesake', { xm: '张某' }, 'statement-other-subject', 'data.xm/zjh'],
    ['a time to come', { fksj: '2024-06-03 10:06:00' }, 'statement-from-future', 'data.fksj'],
    ['a time before it was asked', { fksj: '2024-06-02 10:00:00' }, 'statement-too-old', 'data.fksj'],
    ['a unit nobody asked for', { kzxxs: [done({ bdcdyh: land })] }, 'statement-content', 'data.kzxxs[0].bdcdyh'],
    ['no reason', { kzxxs: [{ bdcdyh: house, kzzt: '2' }] }, 'statement-content', 'data.kzxxs[0].wnkzyy'],
    ['a code nobody knows', { kzxxs: [done({ cflx: '7' })] }, 'statement-malformed', 'data.kzxxs[0].cflx'],
    [
      'a day that never was',
      { kzxxs: [done({ ...sealed, csjsrq: '2027/02/30' })] },
      'statement-malformed',
      'data.kzxxs[0].csjsrq',
    ],
    [
      'a false digest',
      { hz: { wjmc: '回执', wjgs: 'application/pdf', md5: '0'.repeat(32), wjnr: 'AAAA' } },
      'statement-content',
      'data.hz',
    ],
  ])('an answer with %s proves nothing and is kept as evidence', async (_, more, code, field) => {
    const { call, told, unproved } = openDesk({ [number]: claims() })
    const { head } = await call('control/commit/result', result([done(sealed)], more))
    expect(head).toEqual({ code: '2005', msg: `反馈结果不规范：${field}` })
    expect(told).toEqual([])
    expect(unproved).toMatchObject([{ reference: number, parsed: { kind: 'unproved', code } }])
  })

  test('who floods us with it is told to wait', async () => {
    const { call, flood } = openDesk({ [number]: claims() })
    flood()
    const { status, head } = await call('control/commit/result', result([]))
    expect([status, head.code]).toEqual([429, said('unavailable')])
  })

  test('the stamped document comes with its answer', async () => {
    const { call, statements } = openDesk({ [number]: claims() })
    const bytes = Buffer.from('%PDF-1.4')
    const hz = {
      wjmc: '回执',
      wjgs: 'application/pdf',
      md5: createHash('md5').update(bytes).digest('hex'),
      wjnr: bytes.toString('base64'),
    }
    await call('control/commit/result', result([done(sealed)], { hz }))
    const sha256 = createHash('sha256').update(bytes).digest('base64url')
    expect(statements().at(-1)?.sealedReceipt).toEqual({ sha256, mediaType: 'application/pdf', length: bytes.length })
  })
})
