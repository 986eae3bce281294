/** Values in DER (X.690), as few as a certificate and a signature of the demo are made of. */
export const der = {
  sequence: (...items: readonly Uint8Array[]) => tagged(0x30, ...items),
  set: (...items: readonly Uint8Array[]) =>
    tagged(0x31, ...items.map((item) => Buffer.from(item)).sort(Buffer.compare)),
  integer: (value: number) => tagged(0x02, Buffer.of(value)),
  serial: (bytes: Uint8Array) => tagged(0x02, bytes),
  boolean: () => tagged(0x01, Buffer.of(0xff)),
  bits: (bytes: Uint8Array, unused = 0) => tagged(0x03, Buffer.of(unused), bytes),
  octets: (bytes: Uint8Array) => tagged(0x04, bytes),
  text: (text: string) => tagged(0x0c, Buffer.from(text)),
  time: (at: Date) =>
    tagged(
      0x17,
      Buffer.from(
        at
          .toISOString()
          .replace(/^..(.*)\..*$/, '$1Z')
          .replaceAll(/[-T:]/g, ''),
      ),
    ),
  oid: (dotted: string) => tagged(0x06, oidBytes(dotted)),
  explicit: (number: number, ...items: readonly Uint8Array[]) => tagged(0xa0 + number, ...items),
} as const

/** The same value under another tag, as IMPLICIT has it. */
export function retagged(tag: number, value: Uint8Array): Buffer {
  return Buffer.concat([Buffer.of(tag), value.subarray(1)])
}

function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), sizeOf(content.length), content])
}

function sizeOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  return length < 0x100 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
}

function oidBytes(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return Buffer.from([first * 40 + second, ...rest].flatMap(base128))
}

function base128(number: number): number[] {
  const digits = [number % 128]
  for (let left = Math.floor(number / 128); left > 0; left = Math.floor(left / 128)) digits.unshift((left % 128) + 128)
  return digits
}
