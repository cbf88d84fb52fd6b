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
]
