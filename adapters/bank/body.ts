/** A feedback with its stamped documents; a document is at most 5 MiB, a third more in base64. */
export const mostBytes = 8 * 1_048_576

/** Reads a call's body and stops at the byte that is too many, whatever length was promised. */
export async function readBody(request: Request, most = mostBytes): Promise<Uint8Array | 'too-large'> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return 'too-large'
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > most) {
      await reader.cancel()
      return 'too-large'
    }
    chunks.push(value)
  }
  return Buffer.concat(chunks)
}
