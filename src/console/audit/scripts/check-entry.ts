/**
 * The script that checks one entry where it is looked at: it hashes the leaf on the page itself, fetches tiles, checkpoint
 * and keys from `/log`, and believes nothing else.
 */
export const checkEntryScript = `
import { checkpointOf, ed25519ByHand, encoder, fromBase64, isSignedBy, leafHash, pathOf, rootBy, same, toBase64, verifierOf } from './log-proof.js'

/** 'yes', 'no', or why it cannot be said here. */
async function jwsVerdict(leaf, jwks) {
  const [header, payload, signature] = leaf.split('.')
  const { alg, kid } = JSON.parse(new TextDecoder().decode(fromBase64(header)))
  const jwk = jwks.keys.find((key) => key.kid === kid)
  if (!jwk) return 'no-key'
  const signed = encoder.encode(header + '.' + payload)
  if (alg === 'EdDSA' && jwk.crv === 'Ed25519')
    return (await ed25519ByHand(fromBase64(jwk.x), signed, fromBase64(signature))) ? 'yes' : 'no'
  if (alg !== 'ES256') return 'other-algorithm'
  const curve = { name: 'ECDSA', namedCurve: 'P-256' }
  const { kty, crv, x, y } = jwk
  const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, curve, false, ['verify'])
  const isGood = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, fromBase64(signature), signed)
  return isGood ? 'yes' : 'no'
}

/** Everything that is found, step by step; a step that fails ends it. */
export async function checkEntry({ leaf, entry, index, known }, { fetchText, fetchBytes }, tell) {
  const hash = await leafHash(encoder.encode(leaf))
  tell('leaf', 'yes', [toBase64(hash)])
  const record = JSON.parse(new TextDecoder().decode(fromBase64(leaf.split('.')[1])))
  if (record.jti !== entry) return tell('record', 'no', [record.jti])
  tell('record', 'yes', [JSON.stringify(record, null, 1)])
  const verdict = await jwsVerdict(leaf, JSON.parse(await fetchText('/.well-known/jwks.json')))
  tell('signature', verdict, [])
  if (verdict === 'no') return
  if (index === undefined) return tell('place', 'not-yet', [])
  const checkpoint = checkpointOf(await fetchText('/log/checkpoint'))
  if (!(checkpoint.size > index)) return tell('place', 'not-yet', [])
  const verifier = await verifierOf(known || (await fetchText('/log/key')))
  const isSigned = verifier ? await isSignedBy(checkpoint, verifier) : false
  const of = [checkpoint.origin, String(checkpoint.size), toBase64(checkpoint.root)]
  tell(known ? 'checkpoint-known' : 'checkpoint', isSigned ? 'yes' : 'no', of)
  if (!isSigned) return
  const path = await pathOf(index, checkpoint.size, fetchBytes)
  const root = await rootBy(path, hash)
  const told = path.map(({ side, hash: other }) => (side === 'left' ? '← ' : '→ ') + toBase64(other))
  const reached = same(root, checkpoint.root)
  tell('path', reached ? 'yes' : 'no', ['# ' + index, ...told, '= ' + toBase64(root)])
  if (reached) tell('whole', 'yes', [])
}

const words = {
  leaf: ['叶的散列，由本机算出', 'hash of the leaf, computed here'],
  record: ['叶中所记即本条目', 'the leaf is of this entry'],
  signature: ['网关对该条目的签名', 'the signature of the gateway over the entry'],
  place: ['条目在日志中的位置', 'its place in the log'],
  checkpoint: ['检查点签名（公钥由本网关给出）', 'signature of the checkpoint, by the key this gateway serves'],
  'checkpoint-known': ['检查点签名（公钥由您填入）', 'signature of the checkpoint, by the key you gave'],
  path: ['由叶算至检查点的根', 'from the leaf up to the root of the checkpoint'],
  whole: ['结论：该条目在检查点所签署的日志中，未被改动', 'so: the entry is in the log that was signed, unchanged'],
  broken: ['核验未能完成', 'the check could not be finished'],
}
const verdicts = {
  yes: ['✓ 通过', '✓ holds'],
  no: ['✗ 不通过', '✗ does not hold'],
  'not-yet': ['○ 尚未入检查点，请稍后再试', '○ not covered by a checkpoint yet: try again shortly'],
  'no-key': ['○ 未核：公钥不在所公布的公钥中', '○ not checked: its key is not among those served'],
  'other-algorithm': ['○ 未核：浏览器不支持该算法，请用 writ verify', '○ not checked: this browser lacks the algorithm; use writ verify'],
}

function begin(section) {
  const list = section.querySelector('ol')
  const form = section.querySelector('form')
  const fetched = async (path) => {
    const answer = await fetch(path, { credentials: 'omit', cache: 'no-store' })
    if (!answer.ok) throw new Error(path + ' ' + answer.status)
    return answer
  }
  const fetchText = async (path) => (await fetched(path)).text()
  const fetchBytes = async (path) => new Uint8Array(await (await fetched(path)).arrayBuffer())
  const part = (name, text, css) => {
    const element = document.createElement(name)
    element.textContent = text
    if (css) element.className = css
    return element
  }
  const tell = (step, verdict, details) => {
    const line = document.createElement('li')
    const tone = verdict === 'yes' ? 'word done' : verdict === 'no' ? 'late' : 'word wait'
    const at = document.documentElement.lang === 'en' ? 1 : 0
    line.append(part('span', verdicts[verdict][at], tone), ' ', words[step][at])
    for (const detail of details) line.append(part('pre', detail, 'code'))
    line.dataset.step = step
    line.dataset.verdict = verdict
    list.append(line)
  }
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    list.textContent = ''
    section.setAttribute('aria-busy', 'true')
    const { entry, index } = section.dataset
    const asked = {
      leaf: document.getElementById('leaf').textContent,
      entry,
      known: form.elements.known.value.trim(),
      index: index === undefined ? undefined : Number(index),
    }
    try {
      await checkEntry(asked, { fetchText, fetchBytes }, tell)
    } catch (fault) {
      tell('broken', 'no', [String(fault)])
    }
    section.setAttribute('aria-busy', 'false')
  })
}

const section = typeof document === 'undefined' ? null : document.getElementById('check')
if (section) begin(section)
`
