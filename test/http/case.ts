import { landBureau, type TestEdge } from './edge.ts'

let serial = 3000

export const debtorSubject = {
  kind: 'person',
  name: '张某某',
  idType: 'id-card',
  idNumber: '120116198503120013',
} as const

const pdf = (what: string) => new Uint8Array(Buffer.from(`%PDF-1.4\n% ${what}\n%%EOF\n`))

export type TestCase = Awaited<ReturnType<typeof openCase>>

/** A case entered by one registrar and confirmed by another, with the papers of every measure, all through the API. */
export async function openCase(edge: TestEdge) {
  serial += 1
  const number = `（2026）津0116执${serial}号`
  const body = {
    number: `(2026)津0116执${serial}号`,
    claim: '1280000.00',
    costs: '15200.00',
    judge: '周正',
    parties: [
      { role: 'debtor', subject: debtorSubject },
      { role: 'applicant', subject: { ...debtorSubject, name: '李某某', idNumber: '110101199003070097' } },
    ],
  }
  const entered = await edge.call('registrarWen', 'POST', '/v1/cases', body)
  const { id } = await read<{ id: string }>(entered, 201)
  await read(await edge.call('registrarHe', 'POST', `/v1/cases/${id}/confirmation`), 200)
  const file = await read<{ parties: { id: string }[] }>(await edge.call('officerLin', 'GET', `/v1/cases/${id}`), 200)
  const documents = []
  for (const kind of ['inquiry-notice', 'ruling', 'execution-notice'])
    documents.push(await uploadTo(edge, id, kind, pdf(kind + serial)))
  const [party, applicant] = file.parties
  if (!party || !applicant) throw new Error('the case has no parties')
  const inquiry = {
    case: number,
    party: party.id,
    measure: { kind: 'inquire', kinds: ['land'] },
    registries: [landBureau],
    basis: { statute: '民事诉讼法第二百五十三条', purpose: '查明财产', documents },
    officers: [
      { name: '林书远', workCertificate: '津0116执工001', dutyCertificate: '津0116执公001' },
      { name: '韩立新', workCertificate: '津0116执工002', dutyCertificate: '津0116执公002' },
    ],
    contact: { name: '林书远', phone: '022-00000000' },
  }
  const unitCode = '120116001001GB00001F00010001'
  const seal = {
    ...inquiry,
    measure: {
      kind: 'seal',
      targets: [{ asset: { class: 'real-estate', unitCode } }],
      term: { months: 36 },
    },
  }
  return { id, number, party: party.id, applicant: applicant.id, inquiry, seal }
}

export async function uploadTo(edge: TestEdge, id: string, kind: string, bytes: Uint8Array) {
  const response = await edge.call('officerLin', 'POST', `/v1/cases/${id}/documents`, bytes, {
    'Content-Type': 'application/pdf',
    'Writ-Document-Kind': kind,
    'Writ-Document-Number': encodeURIComponent(`（2026）津0116执${serial}号之一`),
  })
  return read<{ sha256: string; length: number }>(response, 201)
}

export async function submitted(edge: TestEdge, body: object, headers: Record<string, string> = {}) {
  serial += 1
  const key = { 'Idempotency-Key': `key-${serial}-abcdef`, ...headers }
  return edge.call('officerLin', 'POST', '/v1/requests', body, key)
}

/** Takes what waits as the bureau does, and gives the claims of a statement about it. */
export async function takenByBureau(edge: TestEdge) {
  const headers = { Authorization: `Bearer ${await edge.bureau.token()}` }
  const response = await edge.call(undefined, 'GET', '/partner/v1/deliveries', undefined, headers)
  return read<{ delivery: string; jws: string }[]>(response, 200)
}

export async function tell(edge: TestEdge, statement: string, token?: string) {
  const headers = {
    Authorization: `Bearer ${token ?? (await edge.bureau.token())}`,
    'Content-Type': 'application/jose',
  }
  return edge.call(undefined, 'POST', '/partner/v1/statements', statement, headers)
}

export async function read<T = Record<string, unknown>>(response: Response, status: number): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status} instead of ${status}: ${text.slice(0, 400)}`)
  return JSON.parse(text) as T
}

export async function codeOf(response: Response): Promise<string> {
  const { code } = JSON.parse(await response.text()) as { code: string }
  return `${response.status} ${code}`
}
