import { sha256Text } from '../ledger/record.ts'

/** A sender makes the name of its message of what it likes, a party's number among it: kept is what tells names apart. */
export function nameKept(jti: string): string {
  return sha256Text(Buffer.from(jti))
}
