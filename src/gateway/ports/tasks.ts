import type { TaskAbout, TaskKind } from '../../domain/task.ts'
import type { TaskEventKind } from '../../domain/tasks-raised.ts'

/** A task of a case (事务性节点). No column of it names anybody: what was written in words lies in `payload`. */
export type TaskRow = {
  readonly id: string
  readonly caseId: string
  /** The same event raises the same key, and a case has each once. */
  readonly key: string
  readonly kind: TaskKind
  readonly about: TaskAbout
  /** The person who is to see to it; everybody on the case may. */
  readonly owner: string
  readonly due: Date
  readonly raisedAt: Date
  readonly raisedBy: TaskEventKind
  /** The entry of the log that raised it: a statement's, or its own. */
  readonly entry: string
  /** What came in, in the words of whoever recorded it; decrypted. */
  readonly words?: string
  readonly ending?: TaskEnding
}

/** How a task came to its end: done, or dropped because there is nothing to do; by a person, or by the gateway itself. */
export type TaskEnding = {
  readonly outcome: 'done' | 'dropped'
  readonly by: string
  readonly at: Date
  readonly entry: string
  readonly note: string
}

/** A task with its case's number, for a list. */
export type TaskLine = TaskRow & { readonly caseNumber: string }

/** Tasks as an act on their case changes them, in its own transaction. */
export type Tasks = {
  /** Adds a task; false when the case had it already. `words` is the payload they lie in. */
  raise(task: Omit<TaskRow, 'words' | 'ending'>, words?: string): Promise<boolean>
  /** One task of the case or its line, locked until the act ends. */
  find(id: string): Promise<TaskRow | undefined>
  /** Which of these keys the case has a task for, open or ended. */
  known(keys: readonly string[]): Promise<readonly string[]>
  /** What is still to be done, in the whole line. */
  open(): Promise<readonly TaskRow[]>
  /** Ends a task; false when it had ended. `note` is the payload the note lies in. */
  end(id: string, ending: Omit<TaskEnding, 'note'>, note: string): Promise<boolean>
  handOver(id: string, owner: string): Promise<void>
}
