import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Town } from '../support/town.ts'

/** What README and the page it leads to have a newcomer type, in their order. */
function typed(): string {
  const byHand = /\n## By hand\n(.*?)\n## /s.exec(readFileSync('README.md', 'utf8'))?.[1] ?? ''
  const pages = byHand + readFileSync('docs/first-case.md', 'utf8')
  return [...pages.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block).join('')
}

/** Types it into a shell as it stands, at this town's gateway. Gives what the terminal shows. */
export function typeByHand(town: Town): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DATA_DIR: join(town.dir, 'data'), TMPDIR: town.dir }
  const shell = spawn('bash', ['-euo', 'pipefail'], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const shown: Buffer[] = []
  shell.stdout.on('data', (chunk: Buffer) => shown.push(chunk))
  shell.stderr.on('data', (chunk: Buffer) => shown.push(chunk))
  shell.stdin.end(typed().replaceAll('http://127.0.0.1:8080', town.origin))
  return new Promise((resolve, reject) => {
    shell.once('error', reject)
    shell.once('close', (code) => {
      const text = Buffer.concat(shown).toString('utf8')
      if (code === 0) resolve(text)
      else reject(new Error(`the shell ended with ${code}:\n${text.slice(-2000)}`))
    })
  })
}
