// Compiles the program if it has changed, then becomes it: `node .ci/start.mjs src/cli/writ.ts token lin`.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compile } from './compile.mjs'

const program = process.argv[2]
const place = await compile([
  'src/main.ts',
  'src/cli/writ.ts',
  'adapters/land/sandbox.ts',
  'adapters/real-estate/sandbox.ts',
  'adapters/bank/sandbox.ts',
])
process.setSourceMapsEnabled(true)
process.argv.splice(1, 2, join(place, program.replace(/\.ts$/, '.js')))
await import(pathToFileURL(process.argv[1]).href)
