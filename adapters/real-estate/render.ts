import { toBeijingDate } from '../../src/domain/beijing-date.ts'
import type { RequestClaims } from '../../src/signing/claims/request.ts'
import {
  type ControlApplication,
  controlApplication,
  type IdWord,
  type QueryApplication,
  queryApplication,
} from './wire.ts'

type Target = NonNullable<RequestClaims['targets']>[number]

/** The delivery as the registration centre will fetch it; called once, its bytes are frozen with the delivery. */
export function render(claims: RequestClaims, reference: string, area: string): Uint8Array {
  const message =
    claims.measure === 'inquire'
      ? queryApplication.encode(toInquiry(claims, reference, area))
      : controlApplication.encode(toControl(claims, reference))
  return new TextEncoder().encode(JSON.stringify(message))
}

/** What the centre calls the delivery (申请单号): the day it was signed, the area, eight digits drawn. */
export function referenceOf(claims: RequestClaims, area: string, draw: (digits: number) => string): string {
  const day = toBeijingDate(new Date(claims.iat * 1000)).replaceAll('-', '')
  return `${day}${area}${draw(8)}`
}

/** The name of a document within its delivery (文书编号): documents of two deliveries never share one. */
function documentNo(reference: string, at: number): string {
  return `${reference}-${String(at + 1).padStart(2, '0')}`
}

/** The document a 文书编号 of this delivery names, if it names one. */
export function documentNamed(claims: RequestClaims, reference: string, no: string) {
  return claims.basis.documents.find((_, at) => documentNo(reference, at) === no)
}

function toInquiry(claims: RequestClaims, reference: string, area: string): QueryApplication {
  const { subject, inquiry } = claims
  const notice = claims.basis.documents.findIndex(
    ({ kind }) => kind === 'inquiry-notice' || kind === 'execution-notice',
  )
  return {
    ...application(claims, reference),
    business: /执保|财保/.test(claims.case) ? 'preservation' : 'execution',
    range: rangeOf(inquiry?.kinds ?? []),
    ...(inquiry?.from && { from: inquiry.from as QueryApplication['from'] & string }),
    ...(inquiry?.to && { to: inquiry.to as QueryApplication['to'] & string }),
    persons: [
      {
        name: subject.name,
        number: subject.idNumber,
        idType: idWord(subject.idType),
        kind: subject.kind,
        ...(subject.legacyIdNumber && { legacyNumber: subject.legacyIdNumber }),
        ...(notice >= 0 && { documentNo: documentNo(reference, notice) }),
        area,
      },
    ],
  }
}

function rangeOf(kinds: readonly string[]): QueryApplication['range'] {
  const asked = new Set(kinds.filter((kind) => kind === 'land' || kind === 'real-estate' || kind === 'other-right'))
  if (asked.size === 1 && asked.has('land')) return 'land'
  return asked.size === 1 && asked.has('real-estate') ? 'buildings' : 'everything'
}

function toControl(claims: RequestClaims, reference: string): ControlApplication {
  const { subject, parent } = claims
  const ruling = claims.basis.documents.find(({ kind }) => kind === 'ruling' || kind === 'judgment')
  const notice = claims.basis.documents.find(({ kind }) => kind === 'execution-notice' || kind === 'release-notice')
  return {
    ...application(claims, reference),
    ...measureOf(claims),
    name: subject.name,
    idType: idWord(subject.idType),
    number: subject.idNumber,
    subjectKind: subject.kind,
    ...(subject.legacyIdNumber && { legacyNumber: subject.legacyIdNumber }),
    ...(ruling && { rulingNo: ruling.number }),
    ...(notice && { noticeNo: notice.number }),
    units: (claims.targets ?? []).map(toUnit),
    ...termOf(claims),
    ...(parent?.controlNo && { parentReference: parent.controlNo }),
    ...(parent?.case && { parentCase: parent.case }),
    ...(parent?.rulingNo && { parentRuling: parent.rulingNo }),
    ...(parent?.court && { parentCourt: parent.court }),
    ...(claims.ground && { ground: claims.ground }),
    ...(claims.cancels?.length && { cancels: claims.cancels }),
    ...transfereeOf(claims),
  }
}

function measureOf({ measure }: RequestClaims): Pick<ControlApplication, 'measure' | 'kind'> {
  switch (measure) {
    case 'seal':
      return { measure: 'seal', kind: 'seal' }
    case 'pre-seal':
      return { measure: 'seal', kind: 'pre-seal' }
    case 'extend':
    case 'release':
    case 'convey':
      return { measure }
    case 'inquire':
    case 'freeze':
    case 'transfer':
      // The registry's registered measures keep these from ever being addressed to it.
      throw new RangeError(`the real-estate dialect carries no ${measure}`)
  }
}

function application(claims: RequestClaims, reference: string) {
  return {
    reference,
    court: claims.iss,
    case: claims.case,
    statute: claims.basis.statute,
    purpose: claims.basis.purpose,
    officers: claims.officers.map(({ name }) => name),
    contact: claims.contact.name,
    phone: claims.contact.phone,
    issuedAt: new Date(claims.iat * 1000),
    respondBy: new Date(claims.respondBy),
    validUntil: new Date(claims.validUntil),
    documents: claims.basis.documents.map(({ kind, number, sha256, length }, at) => ({
      no: documentNo(reference, at),
      kind,
      number,
      digest: sha256,
      length,
    })),
  }
}

function toUnit({ asset, scope, quantity }: Target, at: number): ControlApplication['units'][number] {
  const { unitCode, parcelCode, certNo, presaleContractNo, address } = asset
  return {
    no: at + 1,
    right: rightOf(asset),
    ...(unitCode && { unitCode: unitCode.replace(/\s+/g, '') }),
    ...(parcelCode && { parcelCode }),
    ...(certNo && { certNo }),
    ...(presaleContractNo && { presaleContractNo }),
    ...(address && { address }),
    scope,
    ...(quantity && { quantity }),
  }
}

/** The kind of right by the asset's class, and by the 13th character of its code: J is collective land. */
function rightOf({ class: kind, unitCode, parcelCode }: Target['asset']): ControlApplication['units'][number]['right'] {
  const collective = (unitCode ?? parcelCode ?? '').replace(/\s+/g, '').charAt(12) === 'J'
  if (kind === 'land') return collective ? 'collective-land' : 'state-land'
  if (kind === 'real-estate') return collective ? 'collective-land-and-building' : 'state-land-and-building'
  return 'other'
}

function termOf({ term }: RequestClaims): Pick<ControlApplication, 'from' | 'to' | 'months'> {
  if (!term) return {}
  if ('months' in term) return { months: term.months }
  type Day = ControlApplication['from'] & string
  return { from: term.from as Day, to: term.to as Day }
}

function transfereeOf({ transferee }: RequestClaims): Pick<ControlApplication, 'transferee'> {
  if (!transferee) return {}
  const { name, idType, idNumber } = transferee
  return { transferee: { no: 1, name, idType: idWord(idType), number: idNumber } }
}

/** The dialect's table of papers has no word for a foreigner's permanent residence permit. */
function idWord(idType: RequestClaims['subject']['idType']): IdWord {
  return idType === 'permanent-residence' ? 'other' : idType
}
