import { describe, expect, test } from 'vitest'
import { documentKindList } from '../../src/domain/legal-basis.ts'
import { bearsSeal, type SealVerdict, sealRefusal, sealVerdictList } from '../../src/domain/seal.ts'

const codes: Readonly<Record<SealVerdict, string | undefined>> = {
  sealed: undefined,
  missing: 'document-seal-missing',
  broken: 'document-seal-broken',
  changed: 'document-changed-after-sealing',
  untrusted: 'document-seal-untrusted',
  expired: 'document-seal-expired',
  unsupported: 'seal-format-unsupported',
}

describe('whether a paper may leave', () => {
  const said = (kind: SealVerdict, ...[of, policy]: ['ruling' | 'other', 'required' | 'flagged']) =>
    sealRefusal(of, { kind }, policy, 'basis.documents.0')?.code

  test.each(sealVerdictList)('where seals are required, with a seal found to be %s', (verdict) => {
    expect(said(verdict, 'ruling', 'required')).toBe(codes[verdict])
  })

  test.each(sealVerdictList)(
    'where they are not, or the paper is not the court’s, with one found to be %s',
    (verdict) => {
      const tampered = verdict === 'broken' || verdict === 'changed'
      expect(said(verdict, 'ruling', 'flagged')).toBe(tampered ? codes[verdict] : undefined)
      expect(said(verdict, 'other', 'required')).toBe(tampered ? codes[verdict] : undefined)
    },
  )

  test('every paper a court issues bears its seal', () => {
    const sealed = documentKindList.filter(bearsSeal)
    for (const kind of ['ruling', 'judgment', 'inquiry-notice', 'execution-notice', 'commission'] as const)
      expect(sealed).toContain(kind)
    expect(sealed).not.toContain('other')
  })
})
