import { door, questions } from './door.ts'
import { type ConformanceOptions, openHall } from './hall.ts'
import { inOrder } from './order.ts'
import { closeReport, openNotebook, type Report, type Result } from './report.ts'
import { ordinaryDay, queue, type Told } from './story.ts'
import { again, changedPaper, letGo } from './trouble.ts'

/**
 * Plays what a right registry must do, over real sockets: a gateway of its own, a court that orders, lines that break,
 * and somebody at the door who is not who he says he is. What is looked at are the bytes on the lines, the officer's
 * page, and the registry's books where it shows them.
 */
export async function playConformance(options: ConformanceOptions, tell: (result: Result) => void): Promise<Report> {
  const began = Date.now()
  const hall = await openHall(options)
  const notebook = openNotebook(tell)
  const told: Told = { orders: [] }
  try {
    await questions(hall, notebook)
    await ordinaryDay(hall, notebook, told)
    await door(hall, notebook, told)
    await queue(hall, notebook, told)
    await again(hall, notebook, told)
    await changedPaper(hall, notebook, told)
    await letGo(hall, notebook, told)
    await inOrder(hall, notebook, told)
    const { code: registry, origin, keys } = options
    return closeReport({ registry, origin, keys: keys.map(({ kid }) => kid), began }, notebook.results)
  } finally {
    await hall.close()
  }
}
