import { z } from 'zod'
import { parseStrictJson } from '../signing/strict-json.ts'
import { isPlainPath, type Layout } from './manifest.ts'

/** A bundle as it travels in one JSON answer: `{files: {path: base64}}`. */
const packed = z.looseObject({ files: z.record(z.string(), z.base64()) })

/** Packs a bundle for the wire. */
export function packLayout(layout: Layout): { files: Record<string, string> } {
  return {
    files: Object.fromEntries([...layout].map(([path, bytes]) => [path, Buffer.from(bytes).toString('base64')])),
  }
}

/** Unpacks what was saved from the wire; undefined when it is no bundle, or one that reaches out of its folder. */
export function unpackLayout(json: Uint8Array): Layout | undefined {
  const { data } = packed.safeParse(parseStrictJson(json))
  if (!data || !Object.keys(data.files).every(isPlainPath)) return undefined
  return new Map(Object.entries(data.files).map(([path, text]) => [path, Buffer.from(text, 'base64')]))
}
