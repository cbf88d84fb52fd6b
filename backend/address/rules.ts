import type { Address, Receiver } from '../../contracts/address.ts'
import { provinces } from '../../contracts/regions.ts'

/** The book with one address more, or another one in the place of its namesake; the default leads, and there is exactly one. */
export function withAddress(book: readonly Address[], given: Address): Address[] {
  const known = book.some(({ id }) => id === given.id)
  const next = known ? book.map(one => one.id === given.id ? given : one) : [...book, given]
  return withDefault(next, given.isDefault ? given.id : null)
}

/** The book without an address; another one becomes the default where that one was. */
export const withoutAddress = (book: readonly Address[], id: string): Address[] => withDefault(book.filter(one => one.id !== id), null)

function withDefault(book: readonly Address[], wanted: string | null): Address[] {
  const id = wanted ?? book.find(one => one.isDefault)?.id ?? book[0]?.id
  const marked = book.map(one => ({ ...one, isDefault: one.id === id }))
  return [...marked.filter(one => one.isDefault), ...marked.filter(one => !one.isDefault)]
}

/** Where an order goes, as a parcel says it. A city that is a province of its own is not said twice. */
export function receiverOf({ name, phone, province, city, district, detail, place }: Address): Receiver {
  const first = provinces[province].zh
  const parts = city === first || city === '市辖区' ? [first, district, detail] : [first, city, district, detail]
  return { name, phone, address: parts.filter(part => part !== '').join(''), ...(place ? { place } : {}) }
}

/** `138****1234`: enough to tell two people apart, too little to call one. */
export const maskedPhone = (phone: string): string =>
  phone.length < 7 ? '****' : `${phone.slice(0, 3)}****${phone.slice(-4)}`
