import type { Address } from '../../contracts/address.ts'
import type { Fulfilment } from '../../contracts/fulfilment.ts'
import { addressesOf } from '../address/addresses.ts'
import type { World } from '../ports.ts'
import { metersBetween } from '../pricing/delivery.ts'
import type { Destination } from '../pricing/fees.ts'
import type { Cart } from '../pricing/rules.ts'
import type { StoreDocument } from '../store/stores.ts'

type GoesOut = Extract<Fulfilment, { kind: 'Delivery' | 'Express' }>

/** Whether somebody has to bring it to an address. */
export const goesOut = (fulfilment: Fulfilment | undefined): fulfilment is GoesOut =>
  fulfilment?.kind === 'Delivery' || fulfilment?.kind === 'Express'

/** The caller's own address of this id, or the default; null when there is none. One database operation. */
export async function addressFor(world: World, openid: string, addressId: string | undefined): Promise<Address | null> {
  const book = await addressesOf(world, openid)
  return (addressId === undefined ? book[0] : book.find(({ id }) => id === addressId)) ?? null
}

/** Where an address lies, seen from a store. */
export const destinationOf = (address: Address, store: Pick<StoreDocument, 'latitude' | 'longitude'>): Destination =>
  ({ province: address.province, meters: address.place ? metersBetween(store, address.place) : null })

/** What of a wish the price and the obstacles depend on. */
export function tripWanted(
  { fulfilment, utensils = 0 }: { fulfilment?: Fulfilment, utensils?: number }, store: StoreDocument | null, address: Address | null,
): Pick<Cart, 'way' | 'destination' | 'slotAtMs' | 'utensils'> {
  const slotAtMs = fulfilment && 'slotAtMs' in fulfilment ? fulfilment.slotAtMs ?? null : null
  const destination = store && address && goesOut(fulfilment) ? destinationOf(address, store) : null
  return { way: fulfilment?.kind ?? null, slotAtMs, destination, utensils }
}
