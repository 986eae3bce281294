import { openStore } from '../../src/store/open.ts'
import { testSecrets } from '../support/database.ts'
import { entryFor } from './sample.ts'

/** Enters one entry after the other and prints each id once its act has returned, until somebody kills it. */
const [dataDir = ''] = process.argv.slice(2)
const { store } = await openStore({ dataDir, ...testSecrets, clock: () => new Date() })
for (;;) {
  const entry = entryFor()
  await store.note((act) => act.enter(entry))
  process.stdout.write(`${entry.id}\n`)
}
