import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CaseNumber, parseCaseNumber } from '../domain/case-number.ts'
import { parseMoney } from '../domain/money.ts'
import type { Person } from '../domain/person.ts'
import { confirmCase, enterCase } from '../gateway/enter-case.ts'
import type { Parts } from '../gateway/parts.ts'
import type { People } from '../gateway/ports/roster.ts'
import { storeDocument } from '../gateway/store-document.ts'
import { must } from './must.ts'
import type { SealOffice } from './seal-office.ts'

/** The number of the case that the demo begins with. */
export function firstCaseNumber(now: Date): CaseNumber {
  return must(parseCaseNumber(`（${now.getUTCFullYear()}）津0116执3456号`))
}

/**
 * Enters, confirms and documents one fictional case through the same acts everybody uses, and writes the body of a
 * first inquiry beside the data, ready for curl. Does nothing when the case is there already.
 */
export async function seedFirstCase(
  parts: Parts,
  { people, sealOffice }: { readonly people: People; readonly sealOffice: SealOffice },
  dir: string,
  registries: readonly string[],
): Promise<string> {
  const number = firstCaseNumber(parts.clock())
  const path = join(dir, 'first-inquiry.json')
  if (await parts.reads.caseByNumber(number)) return path
  const registrar = await seated(parts, people, 'wen')
  const entered = must(
    await enterCase(parts, registrar, {
      number,
      claim: must(parseMoney('1280000.00')),
      costs: must(parseMoney('15200.00')),
      judge: '周正',
      standing: 'open',
      parties: [
        {
          role: 'debtor',
          subject: { kind: 'person', name: '张某某', idType: 'id-card', idNumber: '120116198503120013' },
        },
        {
          role: 'debtor',
          subject: {
            kind: 'organisation',
            name: '某某商贸有限公司',
            idType: 'credit-code',
            idNumber: '91120116MA0000015H',
          },
        },
      ],
    }),
  )
  must(await confirmCase(parts, await seated(parts, people, 'he'), entered.id))
  const bytes = sealOffice.seal('Notice to assist: inquiry (fictional)', parts.clock())
  const notice = {
    kind: 'inquiry-notice',
    number: `${number}之一`,
    mediaType: 'application/pdf',
  } as const
  const { sha256, length } = must(
    await storeDocument(parts, await seated(parts, people, 'lin'), entered.id, { ...notice, bytes }),
  )
  const file = await parts.reads.caseByNumber(number)
  mkdirSync(dir, { recursive: true })
  const first = {
    case: number,
    party: file?.parties[0]?.id,
    registries,
    measure: { kind: 'inquire', kinds: ['deposit', 'land', 'real-estate'] },
    basis: {
      statute: '《中华人民共和国民事诉讼法》第二百五十三条',
      purpose: '查明被执行人财产状况',
      documents: [{ ...notice, sha256, length }],
    },
    officers: [
      { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
      { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
    ],
    contact: { name: '林书远', phone: '022-00000000' },
  }
  writeFileSync(path, `${JSON.stringify(first, null, 2)}\n`, { mode: 0o600 })
  return path
}

async function seated(parts: Parts, people: People, username: string): Promise<Person> {
  const person = await people.byUsername(username, parts.clock())
  if (!person) throw new Error(`demo person ${username} is missing`)
  return person
}
