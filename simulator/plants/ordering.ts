import type { Plant } from './plant.ts'

/** Bugs between the tap on "order" and the pieces that are put by. */
export const orderingPlants: Plant[] = [
  {
    name: 'request-id-ignored',
    about: 'Every tap makes a new order: a request that is sent twice becomes two orders.',
    file: 'backend/order/orders.ts',
    find: 'update(`${openid}\\n${requestId}`)',
    replace: 'update(`${openid}\\n${requestId}\\n${Math.random()}`)',
  },
  {
    name: 'price-change-silent',
    about: 'An order is made at the shop\'s price although the customer saw another one.',
    file: 'backend/order/placeOrder.ts',
    find: 'if (priced.totalFen !== expectedTotalFen || priced.couponId !== (couponId ?? null)) return',
    replace: 'if (false) return',
  },
  {
    name: 'price-from-client',
    about: 'The order costs what the client says. Alone it does not show: another price than the shop\'s is refused before.',
    file: 'backend/order/placeOrder.ts',
    find: '    totalFen: priced.totalFen,\n    couponId,',
    replace: '    totalFen: input.expectedTotalFen,\n    couponId,',
    with: ['price-change-silent'],
  },
  {
    name: 'oversold',
    about: 'Pieces are taken without looking whether there are enough: the shelf goes below zero.',
    file: 'backend/stock/stock.ts',
    find: '\'available\': atLeast(piece.quantity), ',
    replace: '',
  },
  {
    name: 'held-twice',
    about: 'Pieces are taken again for an order that has them: a double tap holds them twice.',
    file: 'backend/stock/stock.ts',
    find: '\'holds.orderId\': not(orderId), \'soldTo\'',
    replace: '\'soldTo\'',
  },
  {
    name: 'released-twice',
    about: 'Pieces go back whether or not the order holds them: there are more than there ever were.',
    file: 'backend/stock/stock.ts',
    find: '{ \'holds.orderId\': orderId }, {\n    inc: { available',
    replace: '{}, {\n    inc: { available',
  },
  {
    name: 'never-handed-over',
    about: 'What was sold stays held for ever.',
    file: 'backend/order/followUp.ts',
    find: 'if (order.followUp !== \'SellStock\') return',
    replace: 'return',
  },
  {
    name: 'order-of-anyone',
    about: 'Whoever knows the number of an order may pay or cancel it.',
    file: 'backend/order/orders.ts',
    find: 'order && order.openid === openid && order.state',
    replace: 'order && order.state',
  },
  {
    name: 'reservations-kept',
    about: 'Nobody gives up a reservation that died half-way: its pieces are held for ever.',
    file: 'backend/timer/jobs.ts',
    find: 'where: { state: \'Reserving\' }, atOnce: WRITING, due: \'dueAtMs\', run: reject })',
    replace: 'where: { state: \'Reserving\' }, atOnce: WRITING, due: \'dueAtMs\', run: async () => undefined })',
  },
  {
    name: 'size-ignored',
    about: 'Pieces of every size are taken from one shelf.',
    file: 'backend/stock/rules.ts',
    find: 'source.skuId === undefined || source.skuId === wanted.skuId',
    replace: 'source.skuId === undefined || source.skuId === \'small\'',
  },
  {
    name: 'conflict-not-retried',
    about: 'A transaction that met another writer is not tried again: a call fails at which nothing was wrong.',
    file: 'backend/wechat/database.ts',
    find: 'if (!(isConflict(error) || isDuplicate(error)) || round === MAX_ROUNDS) throw error',
    replace: 'if (error) throw error',
  },
]
