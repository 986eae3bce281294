import { courtLetters, normalise } from './case-number.ts'

/** What somebody remembers of a case number. `court` may lack its letter; where nothing comes after it, it may be the beginning of one. */
export type CaseNumberPart = {
  readonly year?: string
  readonly court?: string
  readonly type?: string
  /** The serial as far as it is known; `isWhole` when 号 stands behind it, or it is short. */
  readonly serial?: string
  /** Digits that stand anywhere in the serial. */
  readonly within?: string
  readonly isWhole?: true
}

/** A serial of so few digits is meant as it stands: as a beginning it would be half of all there are. */
const shortest = 2

const typeLetter = '(?![字第号之])[\\u4e00-\\u9fa5]'
const part = new RegExp(
  `^（?(?<year>(?:19|20)\\d\\d)?）?(?<court>最高法|[${courtLetters}]\\d{0,4}|\\d{2,4}(?=${typeLetter}))?` +
    `(?<type>(?:${typeLetter}){1,4}?)?(?<serial>[1-9]\\d{0,7})?(?<whole>号)?(?:之[一二三四五六七八九十百]{1,5})?$`,
)

/**
 * Reads a part of a case number: `1234`, `津0116执1234`, `执恢12`, `（2024）`, in any width and bracket; undefined when it is none.
 * Digits alone are a serial, for that is what people know of a case; one or two are all of it.
 */
export function readCaseNumberPart(text: string): CaseNumberPart | undefined {
  const written = normalise(text.normalize('NFKC'))
  if (/^[1-9]\d{0,7}$/.test(written))
    return { serial: written, ...(written.length <= shortest && { isWhole: true as const }) }
  const { year, court, type, serial, whole } = part.exec(written)?.groups ?? {}
  if (!(year || court || type || serial)) return undefined
  return {
    ...(year && { year }),
    ...(court && { court }),
    ...(type && { type }),
    ...(serial && { serial }),
    ...(serial && (whole || serial.length <= shortest) && { isWhole: true as const }),
  }
}
