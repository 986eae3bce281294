import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { afterAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type Held, holdPems } from '../../src/transport/pem-files.ts'
import { certificateFolder, hasOpenssl } from '../support/certificates.ts'

describe.skipIf(!hasOpenssl)('a certificate that was given as a file', () => {
  const folder = hasOpenssl ? certificateFolder() : undefined
  const dir = mkdtempSync(join(tmpdir(), 'writ-pems-'))
  afterAll(() => {
    folder?.close()
    rmSync(dir, { recursive: true, force: true })
  })
  const authority = folder?.authority('Authority')
  const first = authority?.issue({ cn: 'first' })
  const second = authority?.issue({ cn: 'second' })
  const certFile = join(dir, 'tls.crt')
  const keyFile = join(dir, 'tls.key')
  const usable = ({ cert, key }: Held<'cert' | 'key'>) => {
    createSecureContext({ ...(cert && { cert }), ...(key && { key }) })
  }

  test('is read again, taken together with its key, and kept when the new one cannot be used', async () => {
    if (!first || !second) return
    copyFileSync(first.certFile, certFile)
    copyFileSync(first.keyFile, keyFile)
    const { tls } = readConfig({ WRIT_TLS_CERT_FILE: certFile, WRIT_TLS_KEY_FILE: keyFile }).transport
    if (!tls) throw new Error('no certificate was read')
    const pems = holdPems(tls, usable)
    let changes = 0
    pems.onChange(() => {
      changes += 1
    })
    expect(await pems.reread()).toBe(false)

    // Half copied: the new certificate with the old key.
    copyFileSync(second.certFile, certFile)
    await expect(pems.reread()).rejects.toThrow(/key values mismatch/)
    expect(pems.now().cert).toBe(first.cert.trim())
    copyFileSync(second.keyFile, keyFile)
    expect(await pems.reread()).toBe(true)
    expect(pems.now()).toEqual({ cert: second.cert.trim(), key: second.key.trim() })

    writeFileSync(certFile, 'rubbish')
    await expect(pems.reread()).rejects.toThrow()
    rmSync(certFile)
    await expect(pems.reread()).rejects.toThrow('ENOENT')
    expect(pems.now().cert).toBe(second.cert.trim())
    expect(changes).toBe(1)
  })

  test('or as itself stays what it is', async () => {
    if (!first) return
    const { tls } = readConfig({ WRIT_TLS_CERT: first.cert, WRIT_TLS_KEY: first.key }).transport
    const pems = holdPems(tls ?? {}, usable)
    expect(await pems.reread()).toBe(false)
    expect(pems.now().cert).toBe(first.cert)
  })
})
