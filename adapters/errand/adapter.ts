import type { DeskAdapter, ErrandAdapter } from '../../src/relay/port.ts'
import { type Grading, proveStated, writeStated } from './translate.ts'

const atOurDesk: Grading = { grade: 'B', people: 1 }
const fromPaper: Grading = { grade: 'C', people: 3 }

/** A registry whose own clerk answers at our desk: one person over a channel that authenticates the registry. */
export function clerkDesk(): DeskAdapter {
  return {
    kind: 'desk',
    compose: writeStated,
    parse: (message, outgoing, arrivedAt) => proveStated(message, outgoing, arrivedAt, atOurDesk),
  }
}

/** A registry that must be visited: its paper, entered by two and compared by a third. */
export function errand(): ErrandAdapter {
  return {
    kind: 'errand',
    compose: writeStated,
    parse: (message, outgoing, arrivedAt) => proveStated(message, outgoing, arrivedAt, fromPaper),
  }
}
