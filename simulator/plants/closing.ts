import type { Plant } from './plant.ts'

/** Bugs on the way out: closing, and what the timer finds. */
export const closingPlants: Plant[] = [
  {
    name: 'released-before-close',
    about: 'Pieces go back on the shelf while WeChat still takes money for them.',
    file: 'backend/order/closeOrder.ts',
    find: '  for (let number = 1; number',
    replace: '  await releaseHolds(world, { ...order, followUp: \'ReleaseStock\' })\n  for (let number = 1; number',
  },
  {
    name: 'unclear-close-believed',
    about: 'Whatever WeChat answers to a closing is taken for closed.',
    file: 'backend/payment/closeAttempt.ts',
    find: 'if (answer.kind === \'Closed\') return markClosed',
    replace: 'if (answer.kind !== \'AlreadyPaid\') return markClosed',
  },
  {
    name: 'move-from-anywhere',
    about: 'An order is moved wherever it stands: a paid one can be closed.',
    file: 'backend/order/orders.ts',
    find: 'changeIf(orderId, { state: from }, moved',
    replace: 'changeIf(orderId, {}, moved',
  },
  {
    name: 'late-money-kept',
    about: 'Money that arrives for a closed order is noted, and stays.',
    file: 'backend/payment/settle.ts',
    find: '  if (decision.kind === \'GiveBack\') {',
    replace: '  if (decision.kind === \'GiveBack\' && order.state !== \'Closed\') {',
  },
  {
    name: 'expired-kept-open',
    about: 'Nobody closes orders whose time is over.',
    file: 'backend/timer/jobs.ts',
    find: 'run: (world, order) => closeOrder(world, order, \'Expired\')',
    replace: 'run: async () => undefined',
  },
  {
    name: 'closing-not-finished',
    about: 'A closing that had to wait for WeChat is never taken up again.',
    file: 'backend/timer/jobs.ts',
    find: 'run: (world, order) => finishClosing(world, order._id)',
    replace: 'run: async () => undefined',
  },
  {
    name: 'closed-not-asked-again',
    about: 'A closed number is never looked at again: money that was on its way, and of which no notice tells, stays.',
    file: 'backend/timer/jobs.ts',
    find: 'oneOf([\'Prepaid\', \'Closed\'])',
    replace: 'oneOf([\'Prepaid\'])',
  },
  {
    name: 'payments-not-asked-about',
    about: 'Nobody asks about payments that nobody reported. Alone it hardly shows, because closing asks as well.',
    file: 'backend/timer/jobs.ts',
    find: 'run: checkAttempt,',
    replace: 'run: async (world, attempt) => { if (attempt.state === \'Closed\') await checkAttempt(world, attempt) },',
    with: ['closed-unasked', 'already-paid-ignored'],
  },
  {
    name: 'closed-unasked',
    about: 'An attempt is closed without asking whether WeChat knows it: a number that it never heard of waits for ever.',
    file: 'backend/payment/closeAttempt.ts',
    find: 'const found = await settle(world, outTradeNo)',
    replace: 'const found: string = \'NotPaid\'',
  },
  {
    name: 'already-paid-ignored',
    about: 'When WeChat will not close a number because it was paid, the shop waits. Alone it does not show: the next question finds the money.',
    file: 'backend/payment/closeAttempt.ts',
    find: 'if (answer.kind === \'AlreadyPaid\') return await settle',
    replace: 'if (false) return await settle',
    with: ['payments-not-asked-about', 'closed-unasked'],
  },
]
