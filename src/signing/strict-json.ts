/**
 * Reads JSON that names no member twice, or `undefined`. `JSON.parse` keeps the last of two, another reader the first:
 * whoever signs both would be telling two stories under one signature.
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value: unknown = JSON.parse(text)
    return namesTwice(text) ? undefined : value
  } catch {
    return undefined
  }
}

const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g

// The text is known to be JSON here, so a string before a colon is a member's name and nothing else is.
function namesTwice(text: string): boolean {
  const open: (Set<string> | undefined)[] = []
  let last = ''
  for (const [found] of text.matchAll(token)) {
    if (found === '{') open.push(new Set())
    else if (found === '[') open.push(undefined)
    else if (found === '}' || found === ']') open.pop()
    else if (found === ':') {
      const names = open.at(-1)
      const name: string = JSON.parse(last)
      if (names?.has(name)) return true
      names?.add(name)
    }
    last = found
  }
  return false
}
