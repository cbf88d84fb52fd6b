import type { Plant } from './plant.ts'

/** Bugs in what happens after money and stock have moved. */
export const afterwardsPlants: readonly Plant[] = [
  {
    name: 'sale-unwritten',
    about: 'The stock ledger does not hear of sales.',
    file: 'backend/order/followUp.ts',
    find: '    await noteMove(world, piece, \'Sold\', order._id)\n',
    replace: '',
  },
  {
    name: 'return-unwritten',
    about: 'The stock ledger does not hear of goods that came back.',
    file: 'backend/refund/payOut.ts',
    find: '    await noteMove(world, piece, \'Returned\', refund._id)\n',
    replace: '',
  },
  {
    name: 'outbox-not-worked',
    about: 'What follows a commit is written down and never done.',
    file: 'backend/timer/jobs.ts',
    find: '  { name: \'carry out what follows from what is written\', run: workOutbox },\n',
    replace: '',
  },
  {
    name: 'bills-not-compared',
    about: 'No day is ever compared with its bill.',
    file: 'backend/timer/jobs.ts',
    find: 'due: \'dueAtMs\', run: reconcile,',
    replace: 'due: \'dueAtMs\', run: async () => undefined,',
  },
  {
    name: 'points-given-again',
    about: 'Points are given once more whenever an order is looked at.',
    file: 'backend/points/points.ts',
    find: 'const change = worth - given',
    replace: 'const change = worth',
  },
  {
    name: 'points-kept',
    about: 'Points stay when their money goes back.',
    file: 'backend/statistics/countSale.ts',
    find: '    await rememberOnOrder(transaction, order, { points: await followPoints(world, transaction, order) })\n',
    replace: '',
  },
  {
    name: 'balance-without-ledger',
    about: 'The ledger of points hears of nothing.',
    file: 'backend/points/points.ts',
    find: 'await transaction.add<PointMoveDocument>(\'pointMoves\', {',
    replace: 'void ({',
  },
  {
    name: 'sale-counted-again',
    about: 'A sale is counted by each try of its effect.',
    file: 'backend/statistics/countSale.ts',
    find: 'if (order.countedDay === undefined) await countOrder',
    replace: 'await countOrder',
  },
  {
    name: 'refund-uncounted',
    about: 'Money that went back is missing in the day\'s figures.',
    file: 'backend/refund/refunds.ts',
    find: '    if (hasArrived) await countLater(world, transaction, now)\n',
    replace: '',
  },
]
