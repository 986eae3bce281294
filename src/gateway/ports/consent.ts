/**
 * What takes two people (双人): one asks, another allows. `partner.admit` a registry goes live; `subject.search` an auditor
 * looks for a person; `grant.give` somebody is to look after the installation or to watch it; `case.open-up` a sealed case is
 * unsealed or shown to more people; `result.open-up` what was found of the wrong person is looked at, or counts again.
 */
export type ConsentKind = 'partner.admit' | 'grant.give' | 'subject.search' | 'case.open-up' | 'result.open-up'

export type Consent = {
  readonly id: string
  readonly kind: ConsentKind
  /** The id of the case, registry or person it is about. */
  readonly about?: string
  /** What exactly was asked for: JSON, decrypted. Personal data may be in it, so it lies in `payload`. */
  readonly body: unknown
  readonly askedBy: string
  readonly askedAt: Date
  /** After this moment it can no longer be decided; what was allowed lasts as long again from the word on. */
  readonly expiresAt: Date
  readonly decision?: 'allowed' | 'refused'
  readonly decidedBy?: string
  readonly decidedAt?: Date
  readonly usedAt?: Date
}

/** Consents as an act changes them, in its own transaction. */
export type Consents = {
  add(
    consent: Omit<Consent, 'body' | 'decision' | 'decidedBy' | 'decidedAt' | 'usedAt'>,
    payload: string,
  ): Promise<void>
  /** What waits for a word about this, the newest first; what is past its day waits for none. */
  waiting(kind: ConsentKind, about: string, now: Date): Promise<readonly Consent[]>
  /** One consent, locked until the act ends. */
  find(id: string): Promise<Consent | undefined>
  decide(id: string, decision: 'allowed' | 'refused', by: string, at: Date): Promise<void>
  /** Marks it as used; false when it was used before. */
  use(id: string, at: Date): Promise<boolean>
}
