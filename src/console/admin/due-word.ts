import type { RegisteredRegistry } from '../../gateway/ports/reads.ts'
import type { Said } from '../../http/problems/entry.ts'
import { adminWords as words } from './words.ts'

/** At a desk or on an errand nothing is to be sent: people take it up. */
export function dueWord(mode: RegisteredRegistry['mode'] | undefined): Said {
  return mode === 'desk' ? words.atDesk : mode === 'errand' ? words.onErrand : words.due
}
