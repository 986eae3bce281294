import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { quarantineCap } from '../src/gateway/receive.ts'
import { bodyLimits, doorLimits, longestCallMs } from '../src/http/limits.ts'
import { longestWait } from '../src/http/prefer.ts'
import { catalogue, isProblemCode } from '../src/http/problem-catalogue.ts'
import { failedCost, type RateRule, rateRules } from '../src/http/rate-rules.ts'
import { addressForbidden, lineLimits, plainForbidden } from '../src/relay/line.ts'
import { tableLimits } from '../src/tables/table.ts'

const page = readFileSync('docs/limits.md', 'utf8')
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))
const limitOf = (what: string) => rows.find(([, first]) => first === what)?.[2]

/** The rule that a row speaks of; its name stands first. */
const rowOf = (first = '') => Object.keys(rateRules).find((name) => first.startsWith(`\`${name}\``))

const seconds = (ms: number) => `${ms / 1000} s`
const size = (bytes: number) => (bytes >= 1_048_576 ? `${bytes / 1_048_576} MiB` : `${bytes / 1024} KiB`)

describe('docs/limits.md', () => {
  test.each([
    ['request line and headers together', size(doorLimits.headerBytes)],
    ['headers arrive within', seconds(doorLimits.headersMs)],
    ['the whole request arrives within', seconds(doorLimits.requestMs)],
    ['the TLS handshake is over within', seconds(doorLimits.handshakeMs)],
    ['nothing said in either direction', seconds(doorLimits.idleMs)],
    ['between two requests', seconds(doorLimits.keepAliveMs)],
    ['requests over one connection', String(doorLimits.requestsPerConnection)],
    ['connections at once, `WRIT_MAX_CONNECTIONS`', String(doorLimits.connections)],
    ['a body', size(bodyLimits.small)],
    ['a document, a sealed receipt, a message of a dialect', size(bodyLimits.large)],
    [
      `large bodies (from ${size(bodyLimits.heavyFrom)}, or of untold length) read at once`,
      String(bodyLimits.heavyAtOnce),
    ],
    ['of these, from one address', String(bodyLimits.heavyOfOneCaller)],
    ['a call is answered within', seconds(longestCallMs)],
    ['`wait` of a call', `${longestWait} s`],
    ['messages of a registry that prove nothing', `${quarantineCap} an hour`],
    ['connecting', seconds(lineLimits.connectMs)],
    ['first byte of the answer; each next one', seconds(lineLimits.headersMs)],
    ['headers of the answer', size(lineLimits.headerBytes)],
    ['the answer', size(lineLimits.answerBytes)],
    ['connections to one registry at once', String(lineLimits.connectionsPerRegistry)],
    ['the file', size(tableLimits.fileBytes)],
    ['what a workbook unpacks to, all its parts together', size(tableLimits.unpackedBytes)],
    ['parts in a workbook', String(tableLimits.archiveEntries)],
    ['what one part unpacks to, of its packed size', `${tableLimits.ratio} times`],
    ['rows', String(tableLimits.rows)],
    ['columns', String(tableLimits.columns)],
    ['characters in a cell', String(tableLimits.cellLength)],
  ])('says of "%s" what the code does: %s', (what, limit) => {
    expect(limitOf(what)).toBe(limit)
  })

  test('says of every rule how often, and how it is counted', () => {
    const told = rows.filter(([, first]) => rowOf(first)).map(([, , , ...rest]) => rest)
    const rules = Object.values<RateRule>(rateRules)
    expect(told.map(([limit, counted]) => [limit, counted])).toEqual(
      rules.map(({ points, seconds, counted, block }) => [
        `${points} in ${seconds / 60} min`,
        counted === 'each' ? 'at each call' : `in blocks of ${block}`,
      ]),
    )
    expect(page).toContain(`counts ${failedCost} times`)
  })

  test('names no problem that there is not, each by its status', () => {
    const named = [...page.matchAll(/`(\d{3})` `([a-z-]+)`/g)]
    expect(named.length).toBeGreaterThan(10)
    for (const [, status, code = ''] of named) {
      if (!isProblemCode(code)) throw new Error(`${code} is not in the catalogue`)
      expect(catalogue[code].status, code).toBe(Number(status))
    }
    expect(page).toContain(seconds(bodyLimits.heavyWaitMs))
    for (const code of [addressForbidden, plainForbidden]) expect(page).toContain(code)
  })
})
