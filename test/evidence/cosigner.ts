import { createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { type Checkpoint, formatCheckpoint } from '../../src/ledger/checkpoint.ts'
import { formatVkey, keyIdBytes, parseVkey } from '../../src/ledger/vkey.ts'

/** A witness that cosigns as C2SP tlog-cosignature has it; its key is one repeated byte, so that every run signs alike. */
export function cosignerNamed(name: string, seed: number) {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)])
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const raw = Buffer.from(createPublicKey(key).export({ format: 'jwk' }).x ?? '', 'base64url')
  const vkey = formatVkey(name, 0x04, raw)
  const line = (checkpoint: Checkpoint, time = 1_780_000_000n): string => {
    const stamp = Buffer.alloc(8)
    stamp.writeBigUInt64BE(time)
    const message = Buffer.from(`cosignature/v1\ntime ${time}\n${formatCheckpoint(checkpoint)}`)
    const signed = Buffer.concat([keyIdBytes(parseVkey(vkey).keyId), stamp, sign(null, message, key)])
    return `— ${name} ${signed.toString('base64')}\n`
  }
  return { vkey, line }
}
