import type { Plant } from './plant.ts'

/** Bugs on the way of money and goods back. */
export const refundingPlants: Plant[] = [
  {
    name: 'refund-new-number',
    about: 'Each try to give money back has a number of its own: what was accepted unheard is asked for again.',
    file: 'backend/refund/payOut.ts',
    find: 'outRefundNo: refund._id,\n    totalFen',
    replace: 'outRefundNo: refund.tries === 0 ? refund._id : `${refund._id}-${refund.tries}`,\n    totalFen',
  },
  {
    name: 'refund-one-fen-less',
    about: 'A fen of every refund stays with the shop.',
    file: 'backend/payment/settle.ts',
    find: 'refundFen: trade.totalFen, because: decision.because',
    replace: 'refundFen: trade.totalFen - 1, because: decision.because',
  },
  {
    name: 'refund-believed',
    about: 'A refund that WeChat has taken up is called done before the money has arrived.',
    file: 'backend/refund/lookAfter.ts',
    find: 'const verdict = await judge(world, refund, fact, told)',
    replace: 'const verdict = \'Succeeded\' as RefundVerdict',
  },
  {
    name: 'refunds-not-retried',
    about: 'A refund that was not accepted at once is never asked for again.',
    file: 'backend/timer/jobs.ts',
    find: 'run: async (world, refund) => { await payOut(world, refund._id) }',
    replace: 'run: async (world, refund) => { if (refund.state === \'Accepted\') await payOut(world, refund._id) }',
  },
  {
    name: 'refunded-kept-open',
    about: 'An order whose money all went back is still made and handed over.',
    file: 'backend/refund/giveBack.ts',
    find: 'if (!plan.isLast) return transaction.change',
    replace: 'return transaction.change',
  },
  {
    name: 'piece-a-fen-more',
    about: 'A piece that goes back is worth a fen more than was paid for it.',
    file: 'backend/refund/rules.ts',
    find: 'pieces * Math.floor(share.paidFen / share.quantity)',
    replace: 'pieces * (Math.floor(share.paidFen / share.quantity) + 1)',
  },
  {
    name: 'after-sale-left-behind',
    about: 'The request of a customer does not follow its refund.',
    file: 'backend/refund/refunds.ts',
    find: 'await tellAfterSale(world, transaction, now, to)',
    replace: '',
  },
  {
    name: 'goods-back-unsaid',
    about: 'The goods of every refund go back on the shelf, also those that the customer has drunk.',
    file: 'backend/refund/giveBack.ts',
    find: 'const pieces = piecesOf(order, plan, ask.goodsReturned)',
    replace: `const counted = (place: number) => isCounted(order, order.lines[place]!)
  const pieces = piecesOf(order, plan, plan.lines.map(({ line }) => line).filter(counted))`,
  },
  {
    name: 'goods-back-forgotten',
    about: 'Goods that came back never reach the shelf.',
    file: 'backend/refund/payOut.ts',
    find: 'if (refund?.followUp === \'RestockGoods\') await',
    replace: 'if (false) await',
  },
  {
    name: 'fees-kept',
    about: 'The fees of an order stay when all of its goods are refunded.',
    file: 'backend/refund/rules.ts',
    find: 'const feesFen = isLast ? shares.feesFen - back.feesFen : 0',
    replace: 'const feesFen = 0',
  },
  {
    name: 'clerk-sends-money',
    about: 'A clerk may send money back.',
    file: 'contracts/merchant.ts',
    find: '  refundOrder: action<BarOrder>()({\n    caller: \'owner\',',
    replace: '  refundOrder: action<BarOrder>()({\n    caller: \'clerk\',',
  },
]
