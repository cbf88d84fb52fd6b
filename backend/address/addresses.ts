import { createHash } from 'node:crypto'
import type { CodeOf, OutputOf, ParsedOf } from '../../contracts/action.ts'
import { addressesMax } from '../../contracts/address.ts'
import type { Address, addressActions } from '../../contracts/address.ts'
import { done, refused } from '../../contracts/outcome.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { Transaction } from '../database.ts'
import { memberIdOf } from '../member/members.ts'
import type { World } from '../ports.ts'
import { withAddress, withoutAddress } from './rules.ts'

/** All addresses of one member in one document, so that their number and their default are kept in one step. */
export interface AddressBookDocument { _id: string, addresses: Address[] }

type Save = typeof addressActions['saveAddress']

const books = (world: World) => world.database.collection<AddressBookDocument>('addressBooks')

/** A member's addresses, the default first. One database operation. */
export async function addressesOf(world: World, openid: string): Promise<Address[]> {
  return (await books(world).read(memberIdOf(openid)))?.addresses ?? []
}

/** The address book page. */
export const listAddresses = async (world: World, openid: string) => done(await addressesOf(world, openid))

/** Writes an address down. The same requestId gives the same address, so that a repeated tap writes one. */
export async function saveAddress(
  world: World, openid: string, { requestId, addressId, ...fields }: ParsedOf<Save>,
): Promise<Outcome<OutputOf<Save>, CodeOf<Save>>> {
  const id = addressId ?? createHash('sha256').update(`${openid}\n${requestId}`).digest('hex').slice(0, 16)
  return change(world, openid, (book) => {
    const isKnown = book.some(address => address.id === id)
    if (addressId !== undefined && !isKnown) return 'AddressUnknown'
    if (!isKnown && book.length >= addressesMax) return 'TooManyAddresses'
    return withAddress(book, { id, ...fields })
  })
}

/** Takes an address out of the book. Orders that went there keep what was frozen on them. */
export async function deleteAddress(world: World, openid: string, { addressId }: { addressId: string }) {
  return change<never>(world, openid, book => withoutAddress(book, addressId))
}

/** Forgets every address of a member. */
export async function eraseAddresses(world: World, openid: string): Promise<void> {
  await books(world).remove(memberIdOf(openid))
}

async function change<Code extends string>(world: World, openid: string, decide: (book: Address[]) => Address[] | Code) {
  return world.database.transact(async (transaction: Transaction) => {
    const _id = memberIdOf(openid)
    const known = await transaction.read<AddressBookDocument>('addressBooks', _id)
    const before = known?.addresses ?? []
    const addresses = decide(before)
    if (typeof addresses === 'string') return refused(addresses)
    // An update that changes nothing counts as none.
    if (JSON.stringify(addresses) === JSON.stringify(before)) return done(before)
    if (known) await transaction.change('addressBooks', _id, { set: { addresses } })
    else await transaction.add<AddressBookDocument>('addressBooks', { _id, addresses })
    return done(addresses)
  })
}
