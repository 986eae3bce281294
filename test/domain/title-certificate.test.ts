import { describe, expect, test } from 'vitest'
import { isRefusal, refuse } from '../../src/domain/refusal.ts'
import { parseTitleCertificate, titleCertificateParts } from '../../src/domain/title-certificate.ts'
import vectors from './identifier-vectors.json' with { type: 'json' }

function partsOf(text: string) {
  const certificate = parseTitleCertificate(text)
  return isRefusal(certificate) ? certificate : titleCertificateParts(certificate)
}

describe('a certificate', () => {
  test.each(Object.entries(vectors.titleCertificate))('%s is of the kind %s', (text, kind) =>
    expect(partsOf(text)).toMatchObject({ kind }),
  )

  test('says its province, year, place and serial', () => {
    expect(partsOf('津（2023）滨海新区不动产权第1000001号')).toEqual({
      kind: 'title',
      province: '津',
      year: 2023,
      place: '滨海新区',
      serial: '1000001',
      cancelled: false,
    })
  })

  test('that is cancelled says so', () => {
    expect(partsOf('皖(2018)合肥市不动产权第0000121号(销)')).toMatchObject({ kind: 'title', cancelled: true })
  })

  test('is the same certificate with any bracket', () => {
    const texts = [
      '津(2023)滨海新区不动产权第1000001号',
      '津〔2023〕 滨海新区 不动产权 第1000001号',
      ' 津（2023）滨海新区不动产权第1000001号',
    ]
    expect(new Set(texts.map(parseTitleCertificate))).toEqual(new Set(['津（2023）滨海新区不动产权第1000001号']))
  })
})

describe('a paper from before unified registration', () => {
  test.each([
    '房地证津字第107020912345号',
    '津国用(2010)第00123号',
    '房权证 塘字第0012号',
    '沪房地浦字（2008）第012345号',
  ])('%s passes as it stands', (text) => expect(parseTitleCertificate(` ${text} `)).toBe(text))

  test.each(['', ' ', '号', '——', '津\n国用(2010)第1号', `第${'1'.repeat(100)}号`])('%j does not', (text) =>
    expect(parseTitleCertificate(text)).toEqual(refuse('title-certificate-malformed')),
  )
})
