import { workBatches } from '../../src/gateway/batches/work.ts'
import { openOffice } from './office.ts'

/** Goes round over the batches that are under way until somebody kills it; says each round that submitted something. */
const [home = ''] = process.argv.slice(2)
const office = await openOffice({}, {}, home)
process.stdout.write('open\n')
for (;;) {
  const submitted = await workBatches(office.parts)
  if (submitted > 0) process.stdout.write(`round ${submitted}\n`)
  else await new Promise((resolve) => setTimeout(resolve, 50))
}
