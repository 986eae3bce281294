// After tsc: lays beside the compiled files what the program reads at run time, so that every path relative to
// import.meta.url leads to the same place in dist/ as in the source tree.
import { cpSync, existsSync } from 'node:fs'

const notShipped = /\.(ts|tsx)$/

for (const folder of ['src', 'adapters']) {
  if (existsSync(folder))
    cpSync(folder, `dist/${folder}`, { recursive: true, filter: (path) => !notShipped.test(path) })
}
// The manuals, without their pictures.
if (existsSync('docs')) cpSync('docs', 'dist/docs', { recursive: true, filter: (path) => !path.includes('pictures') })
if (existsSync('drizzle')) cpSync('drizzle', 'dist/drizzle', { recursive: true })
for (const file of ['package.json', 'LICENSE']) cpSync(file, `dist/${file}`)
