/** So many leave most of the database's connections to everybody else. */
const atOnce = 4

/** Does the same to each, a few at a time: a list is long, and most of the time of one is waiting for the database. */
export async function someAtOnce<One>(all: Iterable<One>, deed: (one: One) => Promise<void>): Promise<void> {
  const waiting = [...all].reverse()
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await deed(next)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
