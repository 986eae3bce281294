import type { Branded } from '../domain/branded.ts'
import type { Registry } from '../domain/registry.ts'
import type { Statement } from '../domain/statement.ts'
import type { RequestClaims } from '../signing/claims/request.ts'
import type { Proved, Unproved, UnprovedCode } from '../signing/proof.ts'

export type DeliveryId = Branded<string, 'DeliveryId'>

/**
 * A delivery (查控请求单) as it goes out: the court's signed request and, where a registry reads another dialect, the
 * rendering frozen beside it. Both are the same bytes at every attempt (invariant 2).
 */
export type Outgoing = {
  readonly id: DeliveryId
  readonly registry: Registry
  /** What the registry calls this delivery: our id in the native protocol, BDHM or cxsqdh elsewhere. */
  readonly reference: string
  /** The compact JWS, and what it says. */
  readonly jws: string
  readonly claims: RequestClaims
  /** The bytes in the registry's dialect; for the native protocol those of the JWS itself. */
  readonly rendered: Uint8Array
}

/** How one try at handing over ended. `unknown` means bytes left and no answer came: nobody may guess (invariant 3). */
export type Handover =
  | { readonly kind: 'answered'; readonly message: Uint8Array }
  | { readonly kind: 'declined'; readonly detail: string }
  | { readonly kind: 'unreached'; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string }

export type StatusAnswer =
  | { readonly kind: 'known'; readonly messages: readonly Uint8Array[] }
  | { readonly kind: 'not-known' }
  | { readonly kind: 'no-answer'; readonly detail: string }

export { type Proved, type Unproved, type UnprovedCode, unprovedCodes } from '../signing/proof.ts'

/** A file that came with an answer: the stamped document (回执). */
export type ReceiptFile = { readonly bytes: Uint8Array; readonly mediaType: string }

/** A registry that is called: it answers at once, or later through the partner API. */
export type PushAdapter = {
  readonly kind: 'push'
  /** True where money only moves out of a freeze that is named. */
  readonly transferNeedsFreeze?: boolean
  /** Hands over the delivery's frozen bytes once; never retries by itself, never throws for what a registry does. */
  deliver(outgoing: Outgoing, signal: AbortSignal): Promise<Handover>
  /** Asks what the registry knows of the delivery; safe at any time and any number of times. */
  status(outgoing: Outgoing, signal: AbortSignal): Promise<StatusAnswer>
  /** Asks the registry to drop the delivery before it takes effect; the answer is a statement like any other. */
  withdraw(outgoing: Outgoing, reason: string, signal: AbortSignal): Promise<Handover>
  /** Proves a message against the delivery it claims to speak of; pure but for the verification of signatures. */
  parse(message: Uint8Array, outgoing: Outgoing, arrivedAt: Date): Promise<Proved | Unproved>
}

/** A value of a message, decoded; of a file only how long it is. `isTechnical`: it is a code, a day or a digest and names nobody. */
export type ToldValue = {
  readonly name: string
  readonly says?: { readonly zh: string; readonly en: string }
  readonly text?: string
  readonly bytes?: number
  readonly isTechnical?: true
}

/** A message of a dialect as a person reads it; `says` is what a name means. */
export type Told = {
  readonly name: string
  readonly says?: { readonly zh: string; readonly en: string }
  readonly values: readonly ToldValue[]
  readonly children: readonly Told[]
}

/** A registry that comes for its deliveries and brings its answers, in its own dialect. */
export type PullAdapter = {
  readonly kind: 'pull'
  readonly transferNeedsFreeze?: boolean
  /** Proposes what the registry will call the delivery; asked again when that name is taken. `draw(n)` gives n digits. */
  reference(claims: RequestClaims, draw: (digits: number) => string): string
  /**
   * The delivery in the registry's dialect; pure, called once, the bytes frozen at commit. `undefined` where the registry
   * reads the signed request itself: the JWS is then the rendering.
   */
  render(claims: RequestClaims, reference: string): Uint8Array | undefined
  /**
   * A message of the dialect, a rendering or an answer, as a person reads it; undefined where it is none. Left out where the
   * dialect's own text can be read as it is.
   */
  tell?(message: Uint8Array): Told | undefined
  /** Answers one call of the registry below `/adapters/<registry>/`; everything it learns goes through the desk. */
  serve(request: Request, desk: RegistryDesk): Promise<Response>
}

/**
 * What people stated in the place of a registry's system. `case` and `subject` are what they had before them: the request
 * on the clerk's page, or the paper in an officer's hand.
 */
export type Saying = {
  readonly jti: string
  readonly at: Date
  /** Ids, never names: the clerk; or the two who entered the paper, and the third who compared it. */
  readonly by: readonly string[]
  readonly case: string
  readonly subject: { readonly name: string; readonly idNumber: string }
  readonly statement: Omit<Statement, 'sequence' | 'part'>
}

type ByPeople = {
  readonly transferNeedsFreeze?: boolean
  /** The exact bytes of what was stated, the same for the same saying: these are kept and countersigned. */
  compose(saying: Saying, outgoing: Outgoing): Uint8Array
  /** Proves such bytes against the delivery they claim to speak of; pure. */
  parse(message: Uint8Array, outgoing: Outgoing, arrivedAt: Date): Proved | Unproved
}

/** A registry without a system, whose own clerk signs in to us and answers at our desk. */
export type DeskAdapter = ByPeople & { readonly kind: 'desk' }

/** A registry that must be visited; its paper answer is entered by two people and compared by a third. */
export type ErrandAdapter = ByPeople & { readonly kind: 'errand' }

export type RegistryAdapter = PushAdapter | PullAdapter | DeskAdapter | ErrandAdapter

/** What became of a message a registry brought. `sequence` is the place in the fold; `receipt` is signed by the gateway. */
export type Reception =
  | { readonly kind: 'committed' | 'repeated'; readonly receipt: string; readonly sequence: number }
  | { readonly kind: 'contradicted' }
  | { readonly kind: 'sequence-used' }
  | { readonly kind: 'unknown-delivery' }
  | { readonly kind: 'unproved'; readonly code: UnprovedCode }
  | { readonly kind: 'flooded' }

/** What of the gateway one authenticated-or-not registry can reach: its own deliveries and nothing else. */
export type RegistryDesk = {
  readonly registry: Registry
  /** The moment of this call, by the gateway's clock: in pull dialects the legal time of reception. */
  readonly now: Date
  /** True when user and password are those registered for this registry; takes the same time either way. */
  credentialHolds(user: string, password: string): Promise<boolean>
  /** A short-lived token for dialects that sign in first, and whether a presented one is ours and alive. */
  mintToken(): Promise<string>
  tokenHolds(token: string): Promise<boolean>
  /**
   * Leases the oldest deliveries that have no proved statement yet; the attempts are committed before this returns.
   * A delivery handed out and never acknowledged comes again when its lease (60 s) is over: there is no cursor to lose.
   */
  take(wanted: {
    readonly limit: number
    readonly inquiries: boolean
    readonly controls: boolean
  }): Promise<readonly Outgoing[]>
  /** One delivery of this registry by the name it has there. */
  find(reference: string): Promise<Outgoing | undefined>
  /** The bytes of a document that the delivery names; undefined when it names no such document. */
  document(outgoing: Outgoing, sha256: string): Promise<Uint8Array | undefined>
  /** Keeps a stamped document that came with an answer, before the answer itself is told. Returns its SHA-256. */
  keepReceipt(outgoing: Outgoing, file: ReceiptFile): Promise<string>
  /**
   * The digest of the statement that was committed under this `jti`; undefined when there is none. For dialects that do
   * not say of a second answer that it corrects the first.
   */
  heard(outgoing: Outgoing, jti: string): Promise<string | undefined>
  /** Commits a proved message with its exact bytes, or quarantines what is unproved (invariant 4). */
  tell(reference: string, message: Uint8Array, parsed: Proved | Unproved): Promise<Reception>
}
