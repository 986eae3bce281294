/**
 * Bytes from standard base64 (RFC 4648 section 4), or `undefined` for anything but the one right spelling: a decoder that
 * forgives padding or stray bits lets one signature wear many texts.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** Bytes in standard base64 (RFC 4648 section 4), padded. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

/** A whole number as ASCII decimal without leading zeroes, below 2^53; otherwise `undefined`. */
export function parseDecimal(text: string): number | undefined {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : undefined
}
