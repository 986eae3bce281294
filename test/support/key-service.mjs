// A key service for tests, in a process of its own: keys in a JSON file ({current, keys: {name: base64}}), one JSON a line.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [, , path] = process.argv

const doing = {
  current: ({ current }) => ({ key: current }),
  wrap: ({ keys }, { key, bytes }) => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', Buffer.from(keys[key], 'base64'), nonce)
    const sealed = Buffer.concat([
      nonce,
      cipher.update(Buffer.from(bytes, 'base64')),
      cipher.final(),
      cipher.getAuthTag(),
    ])
    return { bytes: sealed.toString('base64') }
  },
  unwrap: ({ keys }, { key, bytes }) => {
    const sealed = Buffer.from(bytes, 'base64')
    const cipher = createDecipheriv('aes-256-gcm', Buffer.from(keys[key], 'base64'), sealed.subarray(0, 12))
    cipher.setAuthTag(sealed.subarray(-16))
    return { bytes: Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]).toString('base64') }
  },
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, op, ...asked } = JSON.parse(line)
  if (asked.key === 'dies') process.exit(1)
  let answer
  try {
    answer = doing[op](JSON.parse(readFileSync(path, 'utf8')), asked)
  } catch {
    answer = { error: 'not ours' }
  }
  process.stdout.write(`${JSON.stringify({ id, ...answer })}\n`)
})
