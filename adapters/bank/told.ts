import type { Told, ToldValue } from '../../src/relay/port.ts'
import { type Element, readBytes, readElement, readText } from './envelope.ts'
import { BankFault } from './fault.ts'
import { attributesInWords, elementsInWords, isBlob, isTechnical } from './meanings.ts'

/**
 * A message of the dialect as a person reads it: base64 and GBK undone, and beside each name what it means. Undefined where
 * the bytes are no message of it.
 */
export function tell(message: Uint8Array): Told | undefined {
  try {
    return toldOf(readElement(message))
  } catch (cause) {
    if (cause instanceof BankFault) return undefined
    throw cause
  }
}

function toldOf(element: Element): Told {
  const { name, attributes, children } = element
  const says = elementsInWords(name)
  return {
    name,
    ...(says && { says }),
    values: [...attributes.keys()].map((attribute) => valueIn(element, attribute)),
    children: children.map(toldOf),
  }
}

function valueIn(element: Element, name: string): ToldValue {
  const said = attributesInWords(name)
  const says = said && { says: said }
  // A file is told by its length; a value that somebody has garbled stands as it was sent.
  if (isBlob(name)) return { name, ...says, bytes: lengthOf(element, name) }
  const text = decoded(element, name)
  return { name, ...says, text, ...(isTechnical(name, text) && { isTechnical: true as const }) }
}

function decoded(element: Element, name: string): string {
  try {
    return readText(element, name)
  } catch (cause) {
    if (cause instanceof BankFault) return element.attributes.get(name) ?? ''
    throw cause
  }
}

function lengthOf(element: Element, name: string): number {
  try {
    return readBytes(element, name).length
  } catch (cause) {
    if (cause instanceof BankFault) return 0
    throw cause
  }
}
