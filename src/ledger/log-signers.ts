import type { Signer } from '../signing/signer.ts'
import { sm2Der } from '../signing/sm2.ts'
import type { NoteSigner } from './note.ts'
import { sm2LineKey, unassignedType } from './sm2-line.ts'
import { ed25519Type, formatVkey } from './vkey.ts'

/** The signer of the log, and that of its SM2 line where checkpoints bear one. */
export type LogSigners = { readonly log: NoteSigner; readonly sm2?: NoteSigner }

/** By whom the checkpoints of a log are signed, under the keys of the log in a keyring. */
export function logSigners(origin: string, signer: Signer, withSm2 = false): LogSigners {
  const log: NoteSigner = {
    vkey: formatVkey(origin, ed25519Type, signer.publicKey('log')),
    sign: (bytes) => signer.signBytes('log', bytes),
  }
  if (!withSm2) return { log }
  const sm2: NoteSigner = {
    vkey: formatVkey(origin, unassignedType, sm2LineKey(signer.publicKey('log-sm2'))),
    sign: (bytes) => sm2Der(signer.signBytes('log-sm2', bytes)),
  }
  return { log, sm2 }
}

/** In the order of the lines: the log's own first, where everybody looks. */
export const linesOf = ({ log, sm2 }: LogSigners): readonly NoteSigner[] => (sm2 ? [log, sm2] : [log])

/** What others check the checkpoints by. */
export const vkeysOf = ({ log, sm2 }: LogSigners): { readonly vkey: string; readonly sm2Vkey?: string } => ({
  vkey: log.vkey,
  ...(sm2 && { sm2Vkey: sm2.vkey }),
})
