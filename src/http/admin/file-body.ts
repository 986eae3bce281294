import { FileFault } from '../../gateway/file-fault.ts'
import { invalid, Refused } from '../problem.ts'

/** Reads a body as the same file would be read by a command; what is wrong with it comes out as a problem. */
export async function asBody<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    if (cause instanceof FileFault) throw invalid(cause.error, 'json')
    if (cause instanceof Error) throw new Refused('invalid-body')
    throw cause
  }
}
