import type { CaseFile } from '../domain/case-file.ts'
import { exhaustionOf, type Inquired, type PartyLookedInto } from '../domain/exhaustion.ts'
import { fold, isAnswered } from '../domain/fold.ts'
import type { Parts } from './parts.ts'
import type { Exchange } from './ports/reads.ts'

/**
 * How far the property of each debtor was looked into by the registries that are connected, over these cases of its line: those
 * within reach of whoever looks.
 * What was told about somebody else of the same name is not counted. Call it through `look.ts`: what was found shows.
 */
export async function exhaustionIn(
  parts: Parts,
  file: CaseFile,
  ids: readonly string[],
): Promise<readonly PartyLookedInto[]> {
  const exchanges = (await Promise.all(ids.map((id) => parts.reads.exchangesOfCase(id)))).flat()
  const inquiries = exchanges.filter(({ delivery }) => delivery.measure === 'inquire' && delivery.phase !== 'withdrawn')
  const requests = new Map(
    await Promise.all(
      [...new Set(inquiries.map(({ delivery }) => delivery.request))].map(
        async (id) => [id, await parts.reads.request(id)] as const,
      ),
    ),
  )
  const inquired = inquiries.flatMap((exchange) => {
    const request = requests.get(exchange.delivery.request)
    const measure = request?.asked.measure
    return request && measure?.kind === 'inquire' ? [inquiredBy(exchange, request.party, measure.kinds)] : []
  })
  return exhaustionOf(file, inquired, parts.registries())
}

function inquiredBy({ delivery, statements }: Exchange, party: string, kinds: Inquired['kinds']): Inquired {
  const { id, registry, request, reference, createdAt: at, answer } = delivery
  const answeredAt = isAnswered(answer) ? statements.at(-1)?.arrivedAt : undefined
  const { holdings } = fold(
    statements.map(({ statement }) => statement),
    'inquire',
  )
  return {
    ...{ party, registry, kinds, request, delivery: id, reference, at },
    ...(answeredAt && { answeredAt }),
    found: holdings.map(({ asset }) => asset.class),
  }
}
