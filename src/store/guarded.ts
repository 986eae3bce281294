import { isInAct } from './database.ts'
import { StoreFault, withoutParameters } from './fault.ts'

/**
 * A part of the store as others get it: the errors it throws are fit to be logged, and using it from inside an act, which
 * on the embedded engine would hang without a word, is a fault on both engines.
 */
export function guarded<Part extends object>(part: Part): Part {
  const guard = (name: string, value: unknown): unknown =>
    typeof value !== 'function'
      ? value
      : async (...args: readonly unknown[]) => {
          if (isInAct()) throw new StoreFault('USED_INSIDE_ACT', `${name} was called inside an act`)
          try {
            return await Reflect.apply(value, part, args)
          } catch (error) {
            throw withoutParameters(error)
          }
        }
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, guard(name, value)])) as Part
}
