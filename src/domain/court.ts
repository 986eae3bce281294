import type { Branded } from './branded.ts'
import { type Refusal, refuse } from './refusal.ts'

/** A court by the letters its case numbers carry (法院代字): `津0116`. */
export type CourtCode = Branded<string, 'CourtCode'>

/** `legacyCodes` are the six- and three-character numbers of the two older code tables; only the first is unique. */
export type Court = {
  readonly code: CourtCode
  readonly name: string
  readonly level: 'high' | 'intermediate' | 'basic' | 'special'
  readonly superior?: CourtCode
  readonly legacyCodes: readonly [string, string]
}

type Row = readonly [code: string, name: string, level: Court['level'], superior: string, six: string, three: string]

const rows: readonly Row[] = [
  ['津', '天津市高级人民法院', 'high', '', '120000', '200'],
  ['津01', '天津市第一中级人民法院', 'intermediate', '津', '120100', '210'],
  ['津02', '天津市第二中级人民法院', 'intermediate', '津', '120200', '220'],
  ['津03', '天津市第三中级人民法院', 'intermediate', '津', '120300', '230'],
  ['津0101', '天津市和平区人民法院', 'basic', '津01', '120101', '211'],
  ['津0102', '天津市河东区人民法院', 'basic', '津02', '120202', '221'],
  ['津0103', '天津市河西区人民法院', 'basic', '津02', '120203', '222'],
  ['津0104', '天津市南开区人民法院', 'basic', '津01', '120104', '212'],
  ['津0105', '天津市河北区人民法院', 'basic', '津02', '120105', '213'],
  ['津0106', '天津市红桥区人民法院', 'basic', '津01', '120106', '214'],
  ['津0110', '天津市东丽区人民法院', 'basic', '津03', '120207', '226'],
  ['津0111', '天津市西青区人民法院', 'basic', '津01', '120107', '215'],
  ['津0112', '天津市津南区人民法院', 'basic', '津02', '120208', '227'],
  ['津0113', '天津市北辰区人民法院', 'basic', '津02', '120108', '216'],
  ['津0114', '天津市武清区人民法院', 'basic', '津01', '120222', '217'],
  ['津0115', '天津市宝坻区人民法院', 'basic', '津01', '120224', '219'],
  ['津0116', '天津市滨海新区人民法院', 'basic', '津03', '120242', '22A'],
  ['津0117', '天津市宁河区人民法院', 'basic', '津03', '120221', '228'],
  ['津0118', '天津市静海区人民法院', 'basic', '津02', '120223', '218'],
  ['津0119', '天津市蓟州区人民法院', 'basic', '津01', '120225', '21A'],
  ['津0319', '天津自由贸易试验区人民法院', 'basic', '津03', '120304', '234'],
  ['津8601', '天津铁路运输法院', 'special', '津01', '920103', '132'],
  ['津72', '天津海事法院', 'special', '津', '960200', '230'],
]

/** The courts of Tianjin (最高法案号规定附件：各级法院代字). A new court is a new row. */
export const courts: readonly Court[] = rows.map(([code, name, level, superior, six, three]) => ({
  code: code as CourtCode,
  name,
  level,
  ...(superior && { superior: superior as CourtCode }),
  legacyCodes: [six, three],
}))

/** Reads the code of a court we know; another installation passes its own table. */
export function parseCourtCode(text: string, known = courts): CourtCode | Refusal<'court-unknown'> {
  return known.find(({ code }) => code === text)?.code ?? refuse('court-unknown')
}

/** The name a court signs with; its code where the table no longer has it, so that old entries can still be shown. */
export function courtName(code: CourtCode, known = courts): string {
  return known.find((court) => court.code === code)?.name ?? code
}
