import type { KitchenView } from '../../contracts/kitchen.ts'
import { done } from '../../contracts/outcome.ts'
import type { World } from '../ports.ts'
import { theStore } from '../store/stores.ts'
import type { StoreDocument } from '../store/stores.ts'
import { kitchenOf } from './kitchens.ts'
import { EXTRA_STAYS_MS, extraAt, isOverloaded, isPaused, QUARTER_MS, quarterOf, waitOf } from './rules.ts'
import type { KitchenNow } from './rules.ts'

/** What staff see of their kitchen. */
export const readKitchen = async (world: World): Promise<KitchenView> => view(world, await theStore(world))

/** Adds so much to every wait for half an hour. */
export async function setExtraWait(world: World, { minutes }: { minutes: number }) {
  return change(world, nowMs => ({ extraMinutes: minutes, extraUntilMs: minutes === 0 ? 0 : nowMs + EXTRA_STAYS_MS }))
}

/** Takes no orders for so many minutes, except for later. */
export async function pauseOrders(world: World, { minutes }: { minutes: number }) {
  return change(world, nowMs => ({ pausedUntilMs: minutes === 0 ? 0 : nowMs + minutes * 60_000 }))
}

/** Each field by itself, so that two people who do different things do not undo each other. */
async function change(world: World, fields: (nowMs: number) => Partial<KitchenNow>) {
  const set = Object.fromEntries(Object.entries(fields(world.clock.nowMs())).map(([name, value]) => [`kitchenNow.${name}`, value]))
  await world.database.collection<StoreDocument>('stores').changeIf(world.settings.storeId, {}, { set })
  return done(await readKitchen(world))
}

/** Two hours of the kitchen. */
const QUARTERS_SHOWN = 8

async function view(world: World, store: StoreDocument): Promise<KitchenView> {
  const nowMs = world.clock.nowMs()
  const kitchen = await kitchenOf(world, store)
  const { rules, now, taken } = kitchen
  const quarters = Array.from({ length: QUARTERS_SHOWN }, (_, index) => quarterOf(nowMs) + index * QUARTER_MS)
  const extraMinutes = extraAt(kitchen, nowMs)
  return {
    wait: isOverloaded(kitchen, 1, nowMs) ? null : waitOf(kitchen, 1, nowMs),
    extraMinutes,
    extraUntilMs: extraMinutes === 0 ? null : now.extraUntilMs,
    pausedUntilMs: isPaused(kitchen, nowMs) ? now.pausedUntilMs : null,
    slots: rules === null ? [] : quarters.map(atMs => ({ atMs, taken: taken.get(atMs) ?? 0, points: rules.slotPoints })),
  }
}
