import { isSize } from './merkle.ts'

/** A full tile and a full entry bundle hold this many. C2SP tlog-tiles. */
export const tileWidth = 256

/** Which tile is meant: of hashes at a level (0–63), or of entries; its index; and how many of it (1–256). */
export type TileName = {
  readonly level: number | 'entries'
  readonly index: number
  readonly width: number
}

/** The path after `<prefix>/tile/`, as `0/x001/x234/067` or, for a tile not full, `0/x001/x234/067.p/8`. C2SP tlog-tiles. */
export function formatTilePath({ level, index, width }: TileName): string {
  const groups = []
  for (let rest = index; groups.length === 0 || rest > 0; rest = Math.floor(rest / 1000)) {
    const digits = String(rest % 1000).padStart(3, '0')
    groups.unshift(groups.length === 0 ? digits : `x${digits}`)
  }
  const whole = `${level}/${groups.join('/')}`
  return width === tileWidth ? whole : `${whole}.p/${width}`
}

/** Reads such a path. The path is the asker's: anything but the one right spelling of a tile is `undefined`. */
export function parseTilePath(path: string): TileName | undefined {
  const found = tilePath.exec(path)
  if (!found) return undefined
  const [, levelText = '', indexText = '', widthText] = found
  const level: TileName['level'] = levelText === 'entries' ? levelText : Number(levelText)
  const index = Number(indexText.replaceAll(/[x/]/g, ''))
  const width = widthText === undefined ? tileWidth : Number(widthText)
  if (level !== 'entries' && level > 63) return undefined
  if (!isSize(index) || width > tileWidth) return undefined
  const tile = { level, index, width }
  // `x000/001` or `001.p/256` would name a tile twice: a cache must never hold the same thing under two addresses.
  return formatTilePath(tile) === path ? tile : undefined
}

/** How many hashes the right-most tiles of a tree of `size` leaves hold at `level`: 0 when its last tile is full or absent. */
export function partialWidth(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level) % tileWidth
}

const tilePath = /^(0|[1-9]\d?|entries)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/
