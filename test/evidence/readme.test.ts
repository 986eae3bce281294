import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { writeLayout } from '../../src/evidence/write.ts'
import { bundleOf, type Courthouse, openCourthouse, overTheWire, playOut, textAt } from './courthouse.ts'

let at: Courthouse
let folder: string
let commands: string[]

beforeAll(async () => {
  at = await openCourthouse()
  folder = mkdtempSync(join(tmpdir(), 'writ-bundle-'))
  // A log of some size, so that proofs have hashes in them.
  await playOut(at)
  const bundle = await bundleOf(at, await playOut(at, [overTheWire]))
  await writeLayout(folder, bundle)
  commands = blocksOf(textAt(bundle, 'README.txt'))
})
afterAll(() => {
  at.close()
  rmSync(folder, { recursive: true })
})

const has = (program: string) => spawnSync('bash', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0

const run = (script: string) =>
  execFileSync('bash', ['-euo', 'pipefail', '-c', script], { cwd: folder, encoding: 'utf8', stdio: 'pipe' })

/** The indented blocks of the README, as a person would copy them. */
function blocksOf(readme: string): string[] {
  return readme.split(/\n(?! {4})/).flatMap((part) => {
    const lines = part.split('\n').filter((line) => line.startsWith('    '))
    return lines.length > 0 ? [lines.map((line) => line.slice(4)).join('\n')] : []
  })
}

const blockWith = (word: string) => {
  const found = commands.find((block) => block.includes(word))
  if (!found) throw new Error(`the README has no ${word}`)
  return found
}

describe('what the README says can be done by hand', () => {
  test.runIf(has('sha256sum'))('the files are summed by sha256sum', () => {
    expect(run(blockWith('sha256sum'))).toContain('README.txt: OK')
  })

  test.runIf(has('openssl'))('the checkpoint is verified by openssl alone', () => {
    expect(run(blockWith('openssl'))).toContain('Signature Verified Successfully')
  })

  test.runIf(has('openssl'))('and refused by openssl when it says something else', () => {
    const script = blockWith('openssl').replace(/\nopenssl/, '\nsed -i "2s/.*/99/" "$t/body"\nopenssl')
    expect(() => run(script)).toThrow()
  })

  test.runIf(has('python3'))('the messages are bound by their leaves, says Python', () => {
    expect(run(blockWith('python3'))).toBe('messages/0001-request.jws OK\nmessages/0002-statement.xml OK\n')
    writeFileSync(join(folder, 'messages/0002-statement.xml'), '<?xml version="1.0" encoding="GBK"?><no/>')
    expect(() => run(blockWith('python3'))).toThrow()
  })
})
