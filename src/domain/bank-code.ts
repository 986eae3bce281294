import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A branch of a bank by its CNAPS number (支付系统行号): bank 3, area 4, branch 4, check 1. */
export type BankCode = Branded<string, 'BankCode'>

const bankNames: Readonly<Record<string, string>> = {
  '102': '中国工商银行',
  '103': '中国农业银行',
  '104': '中国银行',
  '105': '中国建设银行',
  '201': '国家开发银行',
  '202': '中国进出口银行',
  '203': '中国农业发展银行',
  '301': '交通银行',
  '302': '中信银行',
  '303': '中国光大银行',
  '304': '华夏银行',
  '305': '中国民生银行',
  '306': '广发银行',
  '307': '平安银行',
  '308': '招商银行',
  '309': '兴业银行',
  '310': '上海浦东发展银行',
  '313': '城市商业银行',
  '314': '农村商业银行',
  '315': '恒丰银行',
  '316': '浙商银行',
  '318': '渤海银行',
  '402': '农村信用合作社',
  '403': '中国邮政储蓄银行',
}

/** Reads a 12-digit number; its last digit is the check of ISO 7064 MOD 11,10 over the first eleven. */
export function parseBankCode(text: string): BankCode | Refusal<'bank-code-malformed' | 'bank-code-check'> {
  const code = text.trim()
  if (!/^\d{12}$/.test(code)) return refuse('bank-code-malformed')
  return checkOf(code) === code.at(-1) ? (code as BankCode) : refuse('bank-code-check')
}

/** The bank, or for 313, 314 and 402 the kind of bank, that the first three digits name. */
export function bankPrefixName(code: BankCode): string | undefined {
  return bankNames[code.slice(0, 3)]
}

function checkOf(code: string): string {
  let carried = 10
  for (const digit of code.slice(0, 11)) carried = (((carried + Number(digit)) % 10 || 10) * 2) % 11
  return String((11 - carried) % 10)
}
