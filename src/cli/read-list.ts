import { createReadStream } from 'node:fs'
import { readTable } from '../tables/read-table.ts'
import { type Table, type TableRefusal, tableLimits } from '../tables/table.ts'

/** Reads the list an operator names; of a larger file no more than it takes to see that it is too large. */
export async function readList(path: string): Promise<Table | TableRefusal> {
  const chunks: Uint8Array[] = []
  for await (const chunk of createReadStream(path, { end: tableLimits.fileBytes })) chunks.push(chunk)
  return readTable(Buffer.concat(chunks))
}
