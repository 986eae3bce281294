import { carried, type Scene, type Stage, type Subject } from './stage.ts'

export type Said = Readonly<Record<string, unknown>> & { readonly kind: string }

/** The clerk of a registry takes a delivery up and answers it. */
export async function atCounter(
  stage: Stage,
  delivery: string,
  { scene, of }: { readonly scene: Scene; readonly of: Subject },
  said: Said,
): Promise<void> {
  const at = `/v1/clerk/deliveries/${delivery}`
  await stage.as('ding').post(`${at}/reception`, {})
  const body = { case: scene.number, subject: { name: of.name, idNumber: of.idNumber }, ...said }
  await stage.as('ding').post(`${at}/statements`, body, { 'Idempotency-Key': `counter-${delivery}` })
}

/** Two officers bring a paper home and enter it, each by themselves; `compared` when a third has held it against the scan. */
export async function broughtHome(
  stage: Stage,
  delivery: string,
  { scene, of }: { readonly scene: Scene; readonly of: Subject },
  said: Said,
  compared: boolean,
): Promise<void> {
  const at = `/v1/errands/${delivery}`
  await stage.as('lin').post(`${at}/start`, {})
  const receivedAt = new Date().toISOString()
  const { sha256: scan } = await stage
    .as('lin')
    .upload<{ sha256: string }>(`${at}/scan`, stage.seal('Receipt (fictional)'), { 'Content-Type': 'application/pdf' })
  const paper = { case: scene.number, subject: { name: of.name, idNumber: of.idNumber }, receivedAt, ...said }
  for (const officer of ['lin', 'han']) await stage.as(officer).post(`${at}/entries`, paper)
  if (compared) await stage.as('zhao').post(`${at}/comparison`, { same: true, scan })
}

/** A batch of inquiries about one party of several cases. */
export async function batched(
  stage: Stage,
  { scenes, of }: { readonly scenes: readonly Scene[]; readonly of: Subject },
  registries: readonly string[],
): Promise<string> {
  const rows = scenes.map(({ number, parties }) => ({ case: number, subject: parties[of.name], registries }))
  const terms = { statute: '《中华人民共和国民事诉讼法》第二百五十三条', purpose: '查明财产', ...carried }
  const once = { 'Idempotency-Key': 'batch-of-the-pictures' }
  const { id } = await stage.as('lin').post<{ id: string }>('/v1/batches', { ...terms, rows, again: true }, once)
  return id
}
