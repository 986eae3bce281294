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

/** A key that was typed: nothing was found out about the log by one that is none. */
async function keyIn(text) {
  try {
    return await verifierOf(text)
  } catch {
    return undefined
  }
}

/** Everything that is found, step by step; a step that fails ends it. */
export async function checkEntry({ leaf, entry, index, known }, { fetchText, fetchBytes }, tell) {
  if (known && !(await keyIn(known))) return tell('known', 'no-vkey', [])
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
  return { hasContent: record.msg !== undefined, hasOthers: checkpoint.signatures.some(({ name }) => name !== checkpoint.origin) }
}

/** What follows from the steps, and what does not: nobody should have to know which step would have shown it. */
export function conclusionOf(steps, { known, hasContent, hasOthers }) {
  const by = new Map(steps)
  if (by.has('known')) return { conclusion: 'no-vkey', proved: [], open: [] }
  if ([...by.values()].includes('no')) return { conclusion: 'cannot', proved: [], open: [] }
  if (by.get('whole') !== 'yes') return { conclusion: 'not-yet', proved: [], open: ['place'] }
  const open = [
    hasContent && 'content',
    'time',
    by.get('signature') !== 'yes' && 'signature',
    !known && 'key',
    hasOthers ? 'witness' : 'no-witness',
  ].filter(Boolean)
  return { conclusion: 'proved', proved: ['unchanged', by.get('signature') === 'yes' && 'signed'].filter(Boolean), open }
}

const conclusions = {
  proved: ['结论：该条目在日志中，未被改动', 'So: the entry is in the log, unchanged'],
  cannot: ['结论：不能认定', 'So: it cannot be said to be in the log unchanged'],
  'not-yet': ['结论：尚不能认定，该条目还没有列入检查点，请稍后再试', 'So: not yet, for no checkpoint covers the entry: try again shortly'],
  'no-vkey': ['所填不是日志公钥（vkey），未核验', 'What you gave is no verifier key (vkey): nothing was checked'],
  broken: ['核验未能完成，不作结论', 'The check could not be finished: nothing is concluded'],
}
const provedWords = {
  unchanged: ['该条目的字节与检查点所签署的日志一致', 'the bytes of the entry are those in the log that was signed'],
  signed: ['该条目由本网关签名', 'the entry is signed by this gateway'],
}
const openWords = {
  place: ['条目在日志中的位置', 'its place in the log'],
  content: ['加密内容的真实性（须导出核验包核验）', 'the encrypted content (export the bundle and verify it)'],
  time: ['所记时间（由网关自述）', 'the time it says (the gateway’s own word)'],
  signature: ['网关对该条目的签名', 'the signature of the gateway over the entry'],
  key: ['公钥由本网关给出，未与您持有的核对', 'the key is one this gateway gave: it was not compared with yours'],
  witness: ['检查点另有联署，未在此核验（可用 writ verify）', 'others signed the checkpoint too: not checked here (writ verify does)'],
  'no-witness': ['没有见证联署，不能排除另有一份日志', 'no witness signed: another log cannot be ruled out'],
}
const words = {
  known: ['您填入的公钥', 'the key you gave'],
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
  'no-vkey': ['○ 未核', '○ not checked'],
  'no-key': ['○ 未核：公钥不在所公布的公钥中', '○ not checked: its key is not among those served'],
  'other-algorithm': ['○ 未核：浏览器不支持该算法，请用 writ verify', '○ not checked: this browser lacks the algorithm; use writ verify'],
}

function begin(section) {
  const list = section.querySelector('ol')
  const form = section.querySelector('form')
  const outcome = section.querySelector('.outcome')
  let steps = []
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
  const language = () => (document.documentElement.lang === 'en' ? 1 : 0)
  const lines = (title, names, said) => {
    if (names.length === 0) return []
    const list = document.createElement('ul')
    for (const name of names) list.append(part('li', said[name][language()]))
    return [part('p', title[language()]), list]
  }
  const conclude = ({ conclusion, proved, open }) => {
    const tone = conclusion === 'proved' ? 'word done' : conclusion === 'cannot' ? 'late' : 'word wait'
    const said = document.createElement('p')
    said.append(part('b', conclusions[conclusion][language()], tone))
    outcome.dataset.conclusion = conclusion
    outcome.append(said, ...lines(['已证明', 'Proved'], proved, provedWords), ...lines(['未证明', 'Not proved'], open, openWords))
  }
  const tell = (step, verdict, details) => {
    const line = document.createElement('li')
    const tone = verdict === 'yes' ? 'word done' : verdict === 'no' ? 'late' : 'word wait'
    const at = language()
    steps.push([step, verdict])
    line.append(part('span', verdicts[verdict][at], tone), ' ', words[step][at])
    if (details.length > 0) {
      const folded = document.createElement('details')
      folded.append(part('summary', ['散列与原文', 'hashes and text'][at]))
      for (const detail of details) folded.append(part('pre', detail, 'code'))
      line.append(folded)
    }
    line.dataset.step = step
    line.dataset.verdict = verdict
    list.append(line)
  }
  form.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    list.textContent = ''
    outcome.textContent = ''
    steps = []
    section.setAttribute('aria-busy', 'true')
    const { entry, index } = section.dataset
    const asked = {
      leaf: document.getElementById('leaf').textContent,
      entry,
      known: form.elements.known.value.trim(),
      index: index === undefined ? undefined : Number(index),
    }
    try {
      const found = await checkEntry(asked, { fetchText, fetchBytes }, tell)
      conclude(conclusionOf(steps, { known: asked.known, ...found }))
    } catch (fault) {
      tell('broken', 'no', [String(fault)])
      conclude({ conclusion: 'broken', proved: [], open: [] })
    }
    section.setAttribute('aria-busy', 'false')
  })
}

const section = typeof document === 'undefined' ? null : document.getElementById('check')
if (section) begin(section)
`
