import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verify } from '../../src/cli/verify.ts'
import type { Layout } from '../../src/evidence/manifest.ts'
import { packLayout, unpackLayout } from '../../src/evidence/pack.ts'
import { readLayout } from '../../src/evidence/read.ts'
import { writeLayout } from '../../src/evidence/write.ts'
import { bundleOf, type Courthouse, changed, openCourthouse, playOut, textAt } from './courthouse.ts'

let at: Courthouse
let dir: string
let bundle: Layout
let other: Layout
let noted: string

beforeAll(async () => {
  at = await openCourthouse()
  dir = mkdtempSync(join(tmpdir(), 'writ-verify-'))
  bundle = await bundleOf(at, await playOut(at))
  noted = await at.note()
  other = await bundleOf(at, await playOut(at))
  await writeLayout(join(dir, 'one'), bundle)
})
afterAll(() => {
  at.close()
  rmSync(dir, { recursive: true })
})

const put = (name: string, text: string) => {
  writeFileSync(join(dir, name), text)
  return join(dir, name)
}

describe('writ verify', () => {
  test('says of each check which file and which rule, and exits 0', async () => {
    const { exitCode, lines } = await verify([join(dir, 'one')])
    expect(exitCode).toBe(0)
    expect(lines.join('\n')).toContain('通过 ok  inclusion  proofs/0001.tlog-proof')
    expect(lines.at(-1)).toMatch(/通过 ok.*own keys/)
  })

  test('takes whom to trust from outside', async () => {
    const policy = put('policy.txt', `log ${at.vkey}\nquorum none\n`)
    const jwks = put('jwks.json', textAt(bundle, 'trust/jwks.json'))
    const keys = put('keys.json', textAt(bundle, 'trust/registry-keys.json'))
    const { exitCode, lines } = await verify([
      ...[join(dir, 'one'), '--policy', policy, '--jwks', jwks, '--registry-keys', keys],
      ...['--known-checkpoint', put('noted', noted)],
    ])
    expect([exitCode, lines.at(-1)]).toEqual([0, '结论 verdict: 通过 ok（按所给策略 by the policy you gave）'])
  })

  test('exits 1 when something is not what it says', async () => {
    await writeLayout(join(dir, 'two/a'), bundle)
    await writeLayout(join(dir, 'two/b'), changed(bundle, { 'records/0001.jws': other.get('records/0001.jws') }))
    const { exitCode, lines } = await verify([join(dir, 'two')])
    expect([exitCode, lines.at(-1)]).toEqual([1, '合计 total: 2 bundles, ok 1, failed 1, incomplete 0'])
    expect(lines.join('\n')).toContain('不符 FAILED  record  records/0001.jws  [manifest-differs]')
  })

  test('exits 2 when something is not here', async () => {
    await writeLayout(join(dir, 'part'), await bundleOf(at, await playOut(at), { attachments: [] }))
    expect((await verify([join(dir, 'part')])).exitCode).toBe(2)
    expect((await verify([join(dir, 'nowhere')])).exitCode).toBe(2)
    expect((await verify([])).lines[0]).toContain('usage')
    expect((await verify(['--what'])).exitCode).toBe(2)
    mkdirSync(join(dir, 'empty'))
    expect((await verify([join(dir, 'empty')])).exitCode).toBe(2)
  })

  test('reads the answer of the auditor’s surface as it was saved', async () => {
    const saved = put('saved.json', JSON.stringify(packLayout(bundle)))
    expect((await verify([saved])).exitCode).toBe(0)
    expect((await verify([put('odd.json', '{"files":{"../x":"AA=="}}')])).exitCode).toBe(2)
  })

  test('tells a program the same', async () => {
    const { exitCode, lines } = await verify([join(dir, 'one'), '--json'])
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      exitCode,
      bundles: [{ name: 'one', report: { verdict: 'ok' } }],
    })
  })

  test('lets no bundle write to the terminal', async () => {
    await writeLayout(join(dir, 'rude'), bundle)
    writeFileSync(join(dir, 'rude', 'a\u001b[2Jb'), '')
    const { exitCode, lines } = await verify([join(dir, 'rude')])
    expect([exitCode, lines.join('\n').includes('\u001b')]).toEqual([1, false])
  })
})

describe('a bundle on disk', () => {
  test('comes back as it was', async () => {
    expect(new Map([...(await readLayout(join(dir, 'one')))].sort())).toEqual(
      new Map([...bundle].map(([path, bytes]) => [path, Buffer.from(bytes)] as const).sort()),
    )
    expect([...(unpackLayout(Buffer.from(JSON.stringify(packLayout(bundle)))) ?? [])]).toHaveLength(bundle.size)
  })

  test('is never written over, nor outside its folder', async () => {
    await expect(writeLayout(join(dir, 'one'), bundle)).rejects.toThrow('EEXIST')
    await expect(writeLayout(join(dir, 'new'), new Map([['../x', Buffer.from('')]]))).rejects.toThrow(RangeError)
  })

  test('is not read through a link', async () => {
    await writeLayout(join(dir, 'linked'), changed(bundle, { 'README.txt': undefined }, 'sums as they were'))
    symlinkSync('/etc/hostname', join(dir, 'linked', 'README.txt'))
    expect((await readLayout(join(dir, 'linked'))).has('README.txt')).toBe(false)
  })
})
