import { randomInt } from 'node:crypto'
import { parseCreditCode } from '../../src/domain/credit-code.ts'
import { extendLegacy, parseLegacyPersonNumber } from '../../src/domain/person-number.ts'
import { isRefusal } from '../../src/domain/refusal.ts'
import { sure } from '../support/court.ts'

/** A word for this run alone: whatever is found of it somewhere was put there by this run. */
const serial = String(randomInt(10 ** 8, 10 ** 9))
const word = (what: string): string => `标记${what}龘${serial}`

/** A number of a person born on this day, in both its lengths, with a true check character. */
function person(day: string): { readonly eighteen: string; readonly fifteen: string } {
  const fifteen = `120116${day}${String(randomInt(100, 999))}`
  return { fifteen, eighteen: extendLegacy(sure(parseLegacyPersonNumber(fifteen))) }
}

function creditCode(): string {
  const body = `91120116MA${serial.slice(0, 7)}`
  const codes = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].map((check) => body + check)
  return codes.find((code) => !isRefusal(parseCreditCode(code))) ?? ''
}

const debtor = person('870417')
const other = person('520203')
const signed = person('751211')
const nobody = person('610709')

/** Everything in here is submitted, and none of it may come out anywhere but in the answer to who may have it. */
export const marks = {
  name: word('姓名'),
  number: debtor.eighteen,
  legacy: debtor.fifteen,
  externalId: word('当事人编号'),
  messageName: word('报文编号'),
  signedName: word('报送姓名'),
  signedNumber: signed.eighteen,
  company: word('公司'),
  creditCode: creditCode(),
  namesake: word('同名'),
  namesakeNumber: other.eighteen,
  account: `6228${serial}${serial.slice(0, 6)}`,
  phone: `139${serial.slice(0, 8)}`,
  purpose: word('目的'),
  documentNumber: word('文号'),
  documentText: word('正文'),
  comment: word('意见'),
  withdrawal: word('撤回'),
  revealReason: word('查看理由'),
  exportReason: word('导出理由'),
  sealReason: word('保密理由'),
  openReason: word('启封理由'),
  wrongReason: word('错误主体'),
  searchReason: word('查找理由'),
  soughtNumber: nobody.eighteen,
  soughtName: word('查找'),
  address: word('地址'),
  certificate: word('权证'),
  usage: word('用途'),
  holder: word('权利人'),
  registryReason: word('反馈'),
  receiptText: word('回执'),
  junk: word('杂讯'),
  password: `pass-${serial}-龘`,
  key: `key-${debtor.eighteen}`,
  token: `writ_${serial}_forged`,
}
