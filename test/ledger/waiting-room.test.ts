import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createWaitingRoom } from '../../src/ledger/waiting-room.ts'

const served = { size: 3, root: new Uint8Array(32), note: 'a checkpoint' }

function roomWith(places: Record<string, number>, slowness: number) {
  const look = async () => {
    await sleep(slowness)
    return new Map(Object.entries(places))
  }
  return createWaitingRoom(
    look,
    () => served,
    () => {},
  )
}

test('who will not wait is told what is so, however slow the look', async () => {
  const room = roomWith({ covered: 2 }, 30)
  expect(await room.wait('covered', 0)).toMatchObject({ kind: 'included', index: 2 })
  expect(await room.wait('absent', 0)).toEqual({ kind: 'not-yet' })
})

test('an entry beyond the served checkpoint is not yet in the log', async () => {
  expect(await roomWith({ later: 3 }, 0).wait('later', 5)).toEqual({ kind: 'not-yet' })
})
