import { describe, expect, test } from 'vitest'
import { readElement } from '../../adapters/bank/envelope.ts'
import { readControl, writeControl } from '../../adapters/bank/messages.ts'
import { carryOut, findAccounts, isOvertaking, restate } from '../../adapters/bank/sandbox-teller.ts'
import { catchUp, couldCatch, firstVault } from '../../adapters/bank/sandbox-vault.ts'
import { codes } from '../../adapters/bank/wire.ts'

const start = new Date('2024-06-03T02:00:00Z')
const today = '2024-06-03'
const tianjin = '313110000092'
const industrial = '102110000017'
const zhang = { name: '张某某', idNumber: '120116198503120013' }
const company = { name: '某某商贸有限公司', idNumber: '91120116MA0000015H' }

const order = (words: object) => ({
  item: '1',
  account: '6217000000000000012',
  assetKind: codes.deposit,
  content: codes.money,
  from: today,
  to: '2025-06-02',
  ...words,
})
const control = (reference: string, words: object, who = zhang) =>
  readControl(readElement(Buffer.from(writeControl({ reference, ...who, orders: [order(words)] }))))
const freeze = (amount: string) => ({ measure: codes.measures.freeze, amount })
const onFreeze = (measure: 'extend' | 'release' | 'transfer', words: object = {}) => ({
  measure: codes.measures[measure],
  parentReference: 'F1',
  ...words,
})
const inquiryOf = (who: typeof zhang) => ({ reference: 'Q1', ...who }) as Parameters<typeof findAccounts>[1]

describe('the banks of the demo', () => {
  test('the worked example: 300,000.00 with another court before us, and a freeze over what is left', () => {
    const vault = firstVault(tianjin, start)
    expect(findAccounts(vault, inquiryOf(zhang), today)).toEqual([
      expect.objectContaining({
        account: '6217000000000000012',
        balance: '300000.00',
        available: '210000.00',
        earlier: [
          expect.objectContaining({ document: '（2024）津0102执保15号', amount: '90000.00', until: '2025-03-01' }),
        ],
      }),
    ])
    const [deed] = carryOut(vault, control('F1', freeze('1295200.00')), today)
    expect(deed?.outcome).toMatchObject({
      state: codes.done,
      held: '210000.00',
      overQuota: '1085200.00',
      available: '0.00',
    })
  })

  test('a name and a number must both be those of a person; either is enough for an organisation', () => {
    const vault = firstVault(industrial, start)
    expect(findAccounts(vault, inquiryOf(zhang), today)).toMatchObject([{ account: codes.nothingFound }])
    const misnamed = { ...company, name: '某某贸易公司' }
    expect(findAccounts(vault, inquiryOf(company), today)).toHaveLength(2)
    expect(findAccounts(vault, inquiryOf(misnamed), today)).toHaveLength(2)
  })

  test('a priority right leaves nothing to hold, and the freeze succeeds over balance', () => {
    const words = { ...freeze('1000.00'), account: '0302011409888012345_00001' }
    const [deed] = carryOut(firstVault(industrial, start), control('F1', words, company), today)
    expect(deed?.outcome).toMatchObject({ state: codes.done, held: '0.00', overQuota: '1000.00' })
    expect(deed?.outcome.rights).toMatchObject([{ holder: '某某融资担保有限公司' }])
  })

  test('what we hold leaves less for the next court, and an ended freeze gives it back', () => {
    const vault = firstVault(tianjin, start)
    carryOut(vault, control('F1', freeze('200000.00')), today)
    expect(findAccounts(vault, inquiryOf(zhang), today)).toMatchObject([{ available: '10000.00' }])
    expect(findAccounts(vault, inquiryOf(zhang), '2025-06-03')).toMatchObject([{ available: '300000.00' }])
    carryOut(vault, control('R1', onFreeze('release')), today)
    expect(findAccounts(vault, inquiryOf(zhang), today)).toMatchObject([{ available: '210000.00' }])
  })

  test('money that comes in, or that another freeze lets go, is held for whoever waits first', () => {
    const vault = firstVault(tianjin, start)
    carryOut(vault, control('F1', freeze('250000.00')), today)
    carryOut(vault, control('F2', freeze('70000.00')), today)
    expect(couldCatch(vault, today)).toBe(false)
    const owner = vault.accounts.find(({ account }) => account === '6217000000000000012')
    if (owner) owner.balance += 60_000_00
    expect(catchUp(vault, today).map(({ reference, held, over }) => [reference, held, over])).toEqual([
      ['F1', 250_000_00, 0],
      ['F2', 20_000_00, 50_000_00],
    ])
    // The court before us lets its 90,000.00 run out.
    expect(catchUp(vault, '2025-03-02').map(({ reference, held, over }) => [reference, held, over])).toEqual([
      ['F2', 70_000_00, 0],
    ])
    const restated = restate(vault, control('F2', freeze('70000.00')), today)
    expect(restated).toMatchObject([{ reference: 'F2', state: codes.done, held: '70000.00', overQuota: '0.00' }])
  })

  test('a whole account that is frozen holds what comes, without a sum', () => {
    const vault = firstVault(tianjin, start)
    carryOut(vault, control('F1', { measure: codes.measures.freeze, content: codes.wholeAccount }), today)
    const owner = vault.accounts.find(({ account }) => account === '6217000000000000012')
    if (owner) owner.balance += 60_000_00
    expect(couldCatch(vault, today)).toBe(true)
    expect(catchUp(vault, today)).toMatchObject([{ held: 270_000_00, over: 0 }])
  })

  test('an extension counts from the old end, and the next one may follow when it has begun', () => {
    const vault = firstVault(tianjin, start)
    carryOut(vault, control('F1', freeze('1000.00')), today)
    const extended = (to: string, day: string) =>
      carryOut(vault, control('E', onFreeze('extend', { to })), day)[0]?.outcome
    expect(extended('2025-06-02', '2025-05-20')).toMatchObject({ reason: '续冻止期应晚于原止期' })
    expect(extended('2026-06-03', '2025-05-20')).toMatchObject({ reason: '续冻期限超过一年' })
    expect(extended('2026-06-02', '2025-05-20')).toMatchObject({ state: codes.done, from: today, to: '2026-06-02' })
    expect(extended('2027-06-02', '2025-06-02')).toMatchObject({ reason: '原冻结已有待生效的续冻' })
    expect(extended('2027-06-02', '2025-06-03')).toMatchObject({ state: codes.done, to: '2027-06-02' })
  })

  test('a freeze of another court is unknown to this one, unless its case is named', () => {
    const vault = firstVault(tianjin, start)
    const by = (courtName: string, reference: string, words: object) =>
      carryOut(vault, { ...control(reference, words), courtName, case: `（2024）${courtName}执1号` }, today)[0]?.outcome
    by('津0116', 'F1', freeze('1000.00'))
    expect(by('津0102', 'R1', onFreeze('release'))).toMatchObject({ reason: '无原冻结请求信息或冻结编号' })
    const commissioned = onFreeze('release', { parentCase: '（2024）津0116执1号' })
    expect(by('津0102', 'R2', commissioned)).toMatchObject({ state: codes.done })
  })

  test('money goes to the court’s own account or nowhere', () => {
    const vault = firstVault(tianjin, start)
    carryOut(vault, control('F1', freeze('1000.00')), today)
    const sent = (words: object) =>
      carryOut(vault, control('T1', onFreeze('transfer', { amount: '400.00', ...words })), today)[0]?.outcome
    expect(sent({})).toMatchObject({ state: codes.notDone, reason: '无执行款专户信息' })
    expect(sent({ payeeAccount: '12050110' })).toMatchObject({
      state: codes.done,
      held: '400.00',
      balance: '299600.00',
    })
  })

  test('a release of part comes off what waits before what is held', () => {
    const vault = firstVault(tianjin, start)
    carryOut(vault, control('F1', freeze('300000.00')), today)
    const [deed] = carryOut(vault, control('R1', onFreeze('release', { amount: '100000.00' })), today)
    expect(deed?.outcome).toMatchObject({ held: '200000.00', overQuota: '0.00' })
  })

  test.each([
    [
      'an expired freeze cannot be extended',
      onFreeze('extend', { to: '2026-06-02' }),
      '2025-06-03',
      '原冻结已到期，请重新冻结',
    ],
    ['nor transferred from', onFreeze('transfer', { amount: '1.00' }), '2025-06-03', '原冻结已到期'],
    [
      'a freeze nobody made is unknown',
      onFreeze('release', { parentReference: 'F9' }),
      today,
      '无原冻结请求信息或冻结编号',
    ],
    ['an account nobody has is unknown', { ...freeze('1.00'), account: '1' }, today, '无此账户或户名、证件号码不符'],
  ])('%s', (_, words, day, reason) => {
    const vault = firstVault(tianjin, start)
    carryOut(vault, control('F1', freeze('1000.00')), today)
    const [deed] = carryOut(vault, control('X1', words), day)
    expect(deed).toEqual({ outcome: expect.objectContaining({ state: codes.notDone, reason }) })
  })

  test('a release waits for a transfer on the same freeze, and only for that', () => {
    const release = control('R1', onFreeze('release'))
    expect(isOvertaking(release, [control('T1', onFreeze('transfer', { amount: '1.00' }))])).toBe(true)
    expect(isOvertaking(release, [control('T1', onFreeze('transfer', { parentReference: 'F2' }))])).toBe(false)
    expect(isOvertaking(control('E1', onFreeze('extend')), [control('T1', onFreeze('transfer'))])).toBe(false)
  })
})
