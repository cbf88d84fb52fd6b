/**
 * What the shop promises. 1 to 12 are those of the design: 1 to 8 hold after every step, 9 to 12 once everything has healed.
 * 13 and 14 came with the simulator.
 */
export const promises = {
  1: 'Stock is never below zero; initial + restocked = available + held + sold; an order that can be paid holds its pieces.',
  2: 'A payment is credited at most once, and only if WeChat has it, in the order\'s amount and from its customer.',
  3: 'Paid, shipped or completed means that money was received; whoever was told so is never told otherwise.',
  4: 'Money goes back under one number, once; a state moves only along the arrows.',
  5: 'The total is the sum of the frozen lines, at the shop\'s prices, and what the customer agreed to.',
  6: 'A coupon is used by at most one live order, on its terms and within its limits; points are the sum of their ledger.',
  7: 'One request gives one order, and it stays the customer\'s.',
  8: 'No transaction serves anything after 30 seconds.',
  9: 'No order is unpaid past its expiry; none is stuck, and no refund is.',
  10: 'Every paid trade is fulfilled or refunded; nobody can pay an order that is closed.',
  11: 'WeChat\'s net money is what the paid orders cost, and each day was compared with its bill.',
  12: 'What a person has to look at is shown, and nothing else is; nothing waits in the outbox; the stock ledger is complete; statistics are what counting anew comes to.',
  13: 'A call that meets no fault is answered.',
  14: 'Whoever may not act changes nothing.',
} as const

export type PromiseNumber = keyof typeof promises

/** Something that must never be. */
export interface Violation {
  promise: PromiseNumber
  what: string
}
