import type { Guest, RoundDocument, SittingDocument, Update } from '../sittings.ts'

/**
 * What a sitting is with another one at its tables. Guests of the other get numbers of their own here, and whatever they
 * ordered follows them; everything remembers where it came from.
 */
export function joined(sitting: SittingDocument, other: SittingDocument): Update {
  const highest = Math.max(0, ...sitting.guests.map(guest => guest.number))
  const numbers = new Map(other.guests.map((guest, index) => [guest.number, highest + index + 1]))
  const numbered = (guest: number) => numbers.get(guest) ?? guest
  const guests = other.guests.map(guest => ({ ...guest, number: numbered(guest.number) }))
  const rounds = other.rounds.map((round): RoundDocument =>
    ({ ...round, guest: numbered(round.guest), lines: round.lines.map(line => ({ ...line, guest: numbered(line.guest) })) }))
  const cart = other.cart.map(line => ({ ...line, id: `${line.id}-m`.slice(-64), guest: numbered(line.guest) }))
  const isCounted = sitting.people !== null || other.people !== null
  return {
    tables: [...sitting.tables, ...other.tables],
    guests: [...sitting.guests, ...guests],
    cart: [...sitting.cart, ...cart],
    cartVersion: sitting.cartVersion + 1,
    rounds: [...sitting.rounds, ...rounds].sort((one, next) => one.atMs - next.atMs),
    people: isCounted ? (sitting.people ?? 0) + (other.people ?? 0) : null,
    chargedPeople: sitting.chargedPeople + other.chargedPeople,
    consents: [...sitting.consents, ...other.consents],
    calls: [...sitting.calls, ...other.calls],
  }
}

/** The two halves of a sitting whose tables part: nothing is lost and nothing is on both. */
export function parted(sitting: SittingDocument, other: SittingDocument): { stays: Update, goes: Update } {
  // What the other brought itself, and what others had brought to it before.
  const from = new Set([other._id, ...other.tables.map(table => table.from)])
  const goesToo = (thing: { from: string }) => from.has(thing.from)
  const numbers = new Set(sitting.guests.filter(goesToo).map((guest: Guest) => guest.number))
  const people = other.people ?? 0
  const all = sitting.people ?? 0
  const isCharged = sitting.chargedPeople >= all && all > 0
  return {
    stays: {
      tables: sitting.tables.filter(table => !goesToo(table)),
      guests: sitting.guests.filter(guest => !goesToo(guest)),
      cart: sitting.cart.filter(line => !numbers.has(line.guest)),
      cartVersion: sitting.cartVersion + 1,
      rounds: sitting.rounds.filter(round => !goesToo(round)),
      people: sitting.people === null ? null : Math.max(1, all - people),
      chargedPeople: isCharged ? Math.max(1, all - people) : Math.max(0, sitting.chargedPeople - other.chargedPeople),
    },
    goes: {
      tables: sitting.tables.filter(goesToo),
      guests: sitting.guests.filter(goesToo),
      cart: sitting.cart.filter(line => numbers.has(line.guest)),
      cartVersion: other.cartVersion + 1,
      rounds: sitting.rounds.filter(goesToo),
      chargedPeople: isCharged ? people : other.chargedPeople,
    },
  }
}
