import { expect, it } from 'vitest'
import { enterTable } from '../../backend/dining/enterTable.ts'
import { lookAfterSitting } from '../../backend/dining/lookAfterSitting.ts'
import { GUESTS_KEPT_MS } from '../../backend/dining/rules.ts'
import { sittings } from '../../backend/dining/sittings.ts'
import { clearTable } from '../../backend/dining/staff/clearTable.ts'
import { tables } from '../../backend/dining/tables.ts'
import type { LinkDocument } from '../../backend/link/links.ts'
import { runJobs } from '../../backend/timer/jobs.ts'
import { openRace } from '../races/support.ts'

it('guests of a cleared table are forgotten in time, also when a payment of theirs is heard of after the clearing', async () => {
  const { world, clock, close } = await openRace()
  await world.database.collection<LinkDocument>('links').add({ _id: 'code', kind: 'Table', storeId: 'main', tableId: 'a1' })
  await tables(world).add({ _id: 'a1', storeId: 'main', name: 'A1', dining: { pay: 'Later' } })
  const entered = await enterTable(world, 'o-ann', { linkId: 'code' })
  if (!entered.ok) throw new Error(JSON.stringify(entered))
  const sittingId = entered.value.id
  await clearTable(world, { sittingId }, { openid: 'o-clerk' })

  // What a late notice, or its repetition, does last.
  await lookAfterSitting(world, sittingId)
  clock.nowMs += GUESTS_KEPT_MS + 60_000
  await runJobs(world)
  expect((await sittings(world).read(sittingId))!.guests.map(({ openid }) => openid)).toEqual([''])
  await close()
})
