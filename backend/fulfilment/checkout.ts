import type { Address } from '../../contracts/address.ts'
import type { OutputOf, ParsedOf } from '../../contracts/action.ts'
import type { checkoutActions, CheckoutScreen } from '../../contracts/checkout.ts'
import type { Fulfilment, Way } from '../../contracts/fulfilment.ts'
import { done } from '../../contracts/outcome.ts'
import type { Done } from '../../contracts/outcome.ts'
import { addressesOf } from '../address/addresses.ts'
import type { World } from '../ports.ts'
import { kitchenOf } from '../kitchen/kitchens.ts'
import { openSlots, pointsOf, waitOf } from '../kitchen/rules.ts'
import type { Kitchen } from '../kitchen/rules.ts'
import { priced, readCart } from '../pricing/quoteCart.ts'
import { slotsOf } from '../store/hours.ts'
import { theStore, viewStore } from '../store/stores.ts'
import type { StoreDocument } from '../store/stores.ts'
import { waysOf, waysOffered, withRide } from './rules.ts'
import { destinationOf, goesOut } from './trips.ts'

type Checkout = typeof checkoutActions['checkout']

/**
 * The checkout in one call: the cart priced for the way and the address that were chosen, and everything else that can be.
 * Who has chosen nothing yet gets the first way that these goods can go from this store, to the default address.
 */
export async function showCheckout(world: World, openid: string | null, input: ParsedOf<Checkout>): Promise<Done<OutputOf<Checkout>>> {
  const [store, facts, addresses] = await Promise.all([
    theStore(world), readCart(world, openid, input), openid === null ? [] : addressesOf(world, openid),
  ])
  const goods = input.lines.flatMap(({ productId }) => facts.products.get(productId) ?? [])
  const ways = sharedWays(store, goods, input.fulfilment?.kind)
  const fulfilment = chosen(input.fulfilment, ways)
  const address = goesOut(fulfilment) ? addressOf(addresses, fulfilment.addressId) : null
  const { fulfilment: _asked, ...rest } = input
  const kitchen = await kitchenOf(world, store)
  const quote = priced(world, { ...rest, ...(fulfilment ? { fulfilment } : {}) }, facts, { store, address, kitchen })
  const points = pointsOf(quote.lines, facts.products)
  const screen = screenOf(world, { store, kitchen, points, address }, fulfilment)
  return done({ ...screen, quote, ways, addresses, addressId: address?.id ?? null })
}

/**
 * The ways that a store offers and that these goods can go. Goods that do not go together are ordered apart: those count that
 * can go the way that was asked for, or else as the first of them.
 */
function sharedWays(store: StoreDocument, goods: Parameters<typeof waysOf>[0][], asked: Way | undefined): Way[] {
  const offered = waysOffered(store)
  const lead = asked ?? offered.find(way => way !== 'DineIn' && goods[0] && waysOf(goods[0]).includes(way))
  const together = goods.filter(product => lead !== undefined && waysOf(product).includes(lead))
  const counted = together.length > 0 ? together : goods
  return counted.length === 0 ? [] : offered.filter(way => counted.every(product => waysOf(product).includes(way)))
}

/** Dining in takes a table's code, which nobody can choose for somebody. */
function chosen(asked: Fulfilment | undefined, ways: readonly Way[]): Fulfilment | undefined {
  if (asked && ways.includes(asked.kind)) return asked
  const kind = ways.find(way => way !== 'DineIn')
  return kind === undefined ? asked : { kind } as Fulfilment
}

const addressOf = (addresses: readonly Address[], id: string | undefined): Address | null =>
  addresses.find(address => address.id === id) ?? addresses[0] ?? null

type Screen = Pick<CheckoutScreen, 'store' | 'way' | 'slots' | 'soonestMinutes' | 'utensils'>

interface Shown { store: StoreDocument, kitchen: Kitchen, points: number, address: Address | null }

function screenOf(world: World, { store, kitchen, points, address }: Shown, fulfilment: Fulfilment | undefined): Screen {
  const nowMs = world.clock.nowMs()
  const shown = viewStore(store, nowMs, kitchen)
  const way = fulfilment?.kind ?? null
  const wait = withRide(waitOf(kitchen, points, nowMs), way, address && destinationOf(address, store))
  return {
    store: wait && shown.wait ? { ...shown, wait } : shown,
    way,
    // What the kitchen has no room for cannot be chosen.
    slots: way === 'TakeAway' || way === 'Delivery' || way === 'PickUp' ? openSlots(slotsOf(store, nowMs), kitchen, points) : [],
    soonestMinutes: shown.isOpen && wait ? wait.fromMinutes : null,
    utensils: (way && store.fees?.[way]?.utensils) ?? null,
  }
}
