import type { Said } from '../../http/problems/entry.ts'
import { say } from '../language.ts'

/** What the ways of speaking to registries are called; one from elsewhere stands under its own name. */
const adapters: Readonly<Record<string, Said>> = {
  bank: { zh: '银行查控接口', en: 'bank interface' },
  'real-estate': { zh: '不动产登记接口', en: 'real-estate interface' },
  land: { zh: '土地登记接口', en: 'land interface' },
  desk: { zh: '柜台办理，无接口', en: 'desk, no interface' },
  errand: { zh: '登门办理，无接口', en: 'errand, no interface' },
}

/** The way a registry is spoken to, in words. */
export function adapterWord(code: string): string {
  const said = adapters[code]
  return said ? say(said) : code
}
