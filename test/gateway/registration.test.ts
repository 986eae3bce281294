import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { certificateAdmits } from '../../src/gateway/certificate-bound.ts'
import { type RegistrationFile, readRegistration } from '../../src/gateway/registration.ts'

const now = new Date('2026-06-03T09:00:00Z')
const land: RegistrationFile = {
  code: 'land-120116',
  name: '滨海新区土地登记机构',
  adapter: 'land',
  mode: 'push',
  origin: 'https://land.example/',
  assetClasses: ['land'],
  measures: ['inquire'],
}
const hex = 'E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55'
const thumbprint = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU'

describe('a registration', () => {
  test('keeps the origin as it is called', async () => {
    expect((await readRegistration(land, now, false)).origin).toBe('https://land.example')
  })

  test('says of every field that is wrong what it is', async () => {
    const wrong = { ...land, origin: 'http://user@land.example/api', certificateSha256s: ['abc'], name: '' }
    await expect(readRegistration(wrong, now, false)).rejects.toThrow(/name: .*\norigin: must not contain a user name/)
    await expect(readRegistration({ ...land, origin: 'http://land.example' }, now, false)).rejects.toThrow(
      /^origin: must begin with https:\/\//,
    )
    await expect(readRegistration({ ...land, certificateSha256s: ['abc'] }, now, false)).rejects.toThrow(
      /^certificateSha256s\.0: /,
    )
  })

  test('takes thumbprints as openssl prints them and as tokens carry them, alone or with their time', async () => {
    const end = '2026-07-01T00:00:00+08:00'
    const certificateSha256s = [hex, thumbprint, { sha256: hex.replaceAll(':', '').toLowerCase(), retiredAt: end }]
    const { certificates } = await readRegistration({ ...land, certificateSha256s }, now, false)
    expect(certificates).toEqual([
      { sha256: thumbprint, validFrom: now },
      { sha256: thumbprint, validFrom: now },
      { sha256: thumbprint, validFrom: now, retiredAt: new Date(end) },
    ])
    expect(await readRegistration(land, now, false)).not.toHaveProperty('certificates')
  })
})

describe('a registry that is bound to certificates', () => {
  const moments = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  const certificate = fc.record(
    { sha256: fc.constantFrom('a', 'b', 'c'), validFrom: moments, retiredAt: moments, revokedAt: moments },
    { requiredKeys: ['sha256', 'validFrom'] },
  )

  test('is let in by one that has begun and has not ended, and by nothing else', () => {
    fc.assert(
      fc.property(
        fc.array(certificate),
        fc.constantFrom('a', 'b', 'c', undefined),
        moments,
        (certificates, shown, at) => {
          const begun = certificates.filter(({ validFrom }) => validFrom <= at)
          const alive = begun.filter(
            ({ retiredAt, revokedAt }) => ![retiredAt, revokedAt].some((end) => end && end <= at),
          )
          const admitted = begun.length === 0 || alive.some(({ sha256 }) => sha256 === shown)
          expect(certificateAdmits({ certificates }, shown, at)).toBe(admitted)
        },
      ),
    )
  })

  test('is let in by none when the last is revoked: the door does not open to everybody', () => {
    const certificates = [{ sha256: 'a', validFrom: now, revokedAt: now }]
    for (const shown of ['a', 'b', undefined]) expect(certificateAdmits({ certificates }, shown, now)).toBe(false)
  })
})
