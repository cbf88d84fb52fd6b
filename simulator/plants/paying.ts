import type { Plant } from './plant.ts'

/** Bugs on the way of money into an order. */
export const payingPlants: Plant[] = [
  {
    name: 'attempt-not-repeated',
    about: 'A second tap gets a second number: one order can be paid twice at the same time.',
    file: 'backend/payment/unifiedOrder.ts',
    find: 'if (last && last.state !== \'Closed\') return last',
    replace: '',
  },
  {
    name: 'amount-unchecked',
    about: 'An order is paid with whatever arrived.',
    file: 'backend/payment/rules.ts',
    find: 'if (received.totalFen !== expected.totalFen) return',
    replace: 'if (false) return',
  },
  {
    name: 'payer-unchecked',
    about: 'An order is paid by whoever paid.',
    file: 'backend/payment/rules.ts',
    find: 'if (received.openid !== expected.openid) return',
    replace: 'if (false) return',
  },
  {
    name: 'refunded-credited',
    about: 'A payment that was sent back before the shop saw it still pays its order.',
    file: 'backend/payment/rules.ts',
    find: 'if (received.isRefunded) return',
    replace: 'if (false) return',
  },
  {
    name: 'notice-believed',
    about: 'A notice is taken at its word, without asking WeChat.',
    file: 'backend/payment/receiveNotice.ts',
    find: 'await followNotice(world, event, told)',
    replace: `await followNotice({ ...world, gateways: { ...world.gateways, cloudpay: { ...world.gateways.cloudpay, query: async () => ({
      kind: 'Paid',
      trade: {
        transactionId: String(event.transactionId), totalFen: Number(event.totalFee), merchantId: String(event.subMchId),
        openid: String(event.subOpenid), paidAtMs: 0,
      },
    }) } } }, event, told)`,
  },
  {
    name: 'timer-source-unchecked',
    about: 'Anybody may run the timer.',
    file: 'cloudfunctions/timer/index.ts',
    find: 'if (SOURCE !== \'wx_trigger\') return',
    replace: 'if (false) return',
  },
  {
    name: 'acknowledged-before-saved',
    about: 'A notice is confirmed before its money is in the books: whoever dies in between has lost it.',
    file: 'backend/payment/receiveNotice.ts',
    find: 'const settlement = await settle(world, outTradeNo)',
    replace: 'const settlement: Settlement = \'Settled\'\n  void settle(world, outTradeNo).catch(() => undefined)',
  },
  {
    name: 'acknowledged-when-unclear',
    about: 'A notice is confirmed although WeChat did not say what it is about.',
    file: 'backend/payment/receiveNotice.ts',
    find: 'return acknowledged.includes(settlement) ? null',
    replace: 'return true ? null',
  },
  {
    name: 'attempt-moves-anywhere',
    about: 'Settling does not look at the life of an attempt. Alone it does not show: what was credited is found first.',
    file: 'backend/payment/settle.ts',
    find: 'assertMove(attemptMachine, attempt.state, \'Paid\')',
    replace: '',
    with: ['credited-twice'],
  },
  {
    name: 'credited-twice',
    about: 'A payment that was credited is taken for a second one, which the life of an attempt refuses: its notices fail for ever.',
    file: 'backend/payment/rules.ts',
    find: 'if (attempt.state === \'Paid\') return',
    replace: 'if (false) return',
  },
  {
    name: 'no-expiry-check',
    about: 'An order whose time is over can still be paid, until the timer comes by.',
    file: 'backend/order/rules.ts',
    find: 'order.state === \'Unpaid\' && nowMs < order.expiresAtMs',
    replace: 'order.state === \'Unpaid\'',
  },
]
