import type { z } from 'zod'

/** A file that cannot be read for what it is: in words for whoever runs a command, field by field for a program. */
export class FileFault extends Error {
  override readonly name = 'FileFault'
  readonly error: z.ZodError

  constructor(error: z.ZodError) {
    super(error.issues.map(sayIssue).join('\n'))
    this.error = error
  }
}

/** Reads a file by its schema; throws a `FileFault`. */
export function readFile<Schema extends z.ZodType>(schema: Schema, given: unknown): z.output<Schema> {
  const read = schema.safeParse(given)
  if (!read.success) throw new FileFault(read.error)
  return read.data
}

function sayIssue({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}
