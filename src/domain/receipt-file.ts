const marks = {
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
} as const

export type ReceiptType = keyof typeof marks

const types = Object.keys(marks) as readonly ReceiptType[]

/** What a stamped receipt or its scan is, by its first bytes and never by its name; undefined for anything else. */
export function receiptTypeOf(bytes: Uint8Array): ReceiptType | undefined {
  return types.find((type) => marks[type].every((byte, at) => bytes[at] === byte))
}
