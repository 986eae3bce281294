import type { Stage } from '../../domain/progress.ts'

/** A link under which anybody who has it sees the progress of one case; `digest` is of the link, which is kept nowhere. */
export type ProgressLink = {
  readonly id: string
  readonly caseId: string
  readonly digest: string
  readonly openedBy: string
  readonly openedAt: Date
  readonly until: Date
  readonly endedBy?: string
  readonly endedAt?: Date
}

/** The links of a case as an act changes them. */
export type ProgressLinks = {
  add(link: Omit<ProgressLink, 'caseId' | 'endedBy' | 'endedAt'>): Promise<void>
  /** Of the case of this act. */
  find(id: string): Promise<ProgressLink | undefined>
  all(): Promise<readonly ProgressLink[]>
  end(id: string, by: string, at: Date): Promise<void>
}

export type ProgressReads = {
  /** The newest first. */
  progressLinks(caseId: string): Promise<readonly ProgressLink[]>
  progressLink(id: string): Promise<ProgressLink | undefined>
  progressLinkOf(digest: string): Promise<ProgressLink | undefined>
  /** The requests of a case that went out, as far as progress tells of them; nothing is decrypted for it. */
  stages(caseId: string): Promise<readonly Stage[]>
}
