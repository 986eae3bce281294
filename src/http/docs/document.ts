import type { Said } from '../problems/entry.ts'

/** What of a JSON Schema the reference reads; the rest stays in `/openapi.json`. */
export type Schema = {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly format?: string
  readonly description?: string
  readonly example?: unknown
  readonly default?: unknown
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

export type Parameter = {
  readonly name: string
  readonly in: 'path' | 'query' | 'header' | 'cookie'
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}

export type Operation = {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly 'x-opens'?: string
  readonly security?: readonly Readonly<Record<string, unknown>>[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly required?: boolean; readonly content?: Content }
  readonly responses?: Readonly<Record<string, { readonly description?: string; readonly content?: Content }>>
}

export type Document = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly paths?: Readonly<Record<string, object>>
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> }
}

/** One operation with where it is. */
export type Placed = Operation & { readonly method: string; readonly path: string; readonly surface: Surface }

/** Whom a part of the interface is for; each is a page of the reference. */
export const surfaces = {
  'officer-cases': { zh: '办案接口：案件与文书', en: 'Officers: cases and documents' },
  'officer-requests': { zh: '办案接口：请求与审批', en: 'Officers: requests and approvals' },
  'officer-results': { zh: '办案接口：结果与草稿', en: 'Officers: results and drafts' },
  'officer-tasks': { zh: '办案接口：事项与案款', en: 'Officers: tasks and funds' },
  'officer-batches': { zh: '办案接口：批量查询与公开进度', en: 'Officers: batches, and progress for applicants' },
  'by-people': { zh: '柜台与外勤接口', en: 'Registries without a system: the counter and errands' },
  'officer-desk': { zh: '办案接口：登录、值班及其他', en: 'Officers: signing in, duty and what else there is' },
  systems: { zh: '法院系统接口', en: 'The courts’ systems' },
  partner: { zh: '协助执行单位接口', en: 'Registries' },
  adapters: { zh: '协助执行单位接口规范（各自规范）', en: 'Registries’ own dialects' },
  audit: { zh: '监督接口', en: 'Audit' },
  admin: { zh: '管理接口', en: 'Administration' },
  open: { zh: '公开接口', en: 'Open to anyone' },
} as const satisfies Record<string, Said>

export type Surface = keyof typeof surfaces

export const surfaceList = Object.keys(surfaces) as [Surface, ...Surface[]]

/** Every operation of the document, in its order. */
export function operationsOf({ paths = {} }: Document): readonly Placed[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries<Operation>({ ...item }).map(([method, operation]) => ({
      ...operation,
      ...{ path, method: method.toUpperCase(), surface: surfaceOf(path, operation) },
    })),
  )
}

/** What officers call is more than one page holds: it is told apart by tag. */
const ofOfficers: Readonly<Record<string, Surface>> = {
  '案件 Cases': 'officer-cases',
  '文书 Documents': 'officer-cases',
  '保密 Secrecy': 'officer-cases',
  '存证 Log': 'officer-cases',
  '请求 Requests': 'officer-requests',
  '审批 Approvals': 'officer-requests',
  '结果 Results': 'officer-results',
  '草稿 Drafts': 'officer-results',
  '事项 Tasks': 'officer-tasks',
  '案款 Funds': 'officer-tasks',
  '批量查询 Batches': 'officer-batches',
  '公开进度 Progress': 'officer-batches',
  '协助单位经办人 Clerks': 'by-people',
  '外勤任务 Errands': 'by-people',
}

const byPath: Readonly<Record<string, Surface>> = {
  partner: 'partner',
  adapters: 'adapters',
  audit: 'audit',
  admin: 'admin',
}

function surfaceOf(path: string, { 'x-opens': opens, tags: [tag = ''] = [] }: Operation): Surface {
  if (opens === 'client' || path.startsWith('/oauth/')) return 'systems'
  const [, first = ''] = path.split('/')
  if (first === 'v1') return ofOfficers[tag] ?? 'officer-desk'
  return byPath[first] ?? 'open'
}

/** Under which name an operation stands on its page: `post-v1-requests`. */
export function anchorOf({ method, path }: Pick<Placed, 'method' | 'path'>): string {
  return `${method.toLowerCase()}${path.replace(/[{}]/g, '').replace(/[^\w-]+/g, '-')}`
}

/** The name of a schema that is referred to. */
export function nameOfRef(ref: string): string {
  return ref.split('/').at(-1) ?? ref
}
