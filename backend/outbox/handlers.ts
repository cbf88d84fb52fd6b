import type { EffectKind } from '../../contracts/merchant.ts'
import { makeTicket } from '../dining/makeTicket.ts'
import { tellPaid, tellReady, tellRefunded } from '../message/tellCustomer.ts'
import type { World } from '../ports.ts'
import { remindOfReceipt } from '../shipping/remindReceipt.ts'
import { uploadShipping } from '../shipping/uploadShipping.ts'
import { countRefund, countSale } from '../statistics/countSale.ts'
import type { EffectDocument } from './outbox.ts'
import { TRIES_MAX, TRIES_MAX_SHORT } from './rules.ts'
import type { EffectResult } from './rules.ts'

export interface EffectHandler {
  triesMax: number
  /**
   * Tries once. Looks at the world as it is now, not as it was when the effect was written, and is safe to repeat: a try
   * whose answer was lost is made again.
   */
  run(world: World, effect: EffectDocument): Promise<EffectResult>
}

/** Who carries out which effect. A new kind is one entry here and one in the contract. */
export const handlers: Record<EffectKind, EffectHandler> = {
  MakeTicket: { triesMax: TRIES_MAX, run: makeTicket },
  UploadShipping: { triesMax: TRIES_MAX, run: uploadShipping },
  RemindReceipt: { triesMax: TRIES_MAX, run: remindOfReceipt },
  TellPaid: { triesMax: TRIES_MAX_SHORT, run: tellPaid },
  TellReady: { triesMax: TRIES_MAX_SHORT, run: tellReady },
  TellRefunded: { triesMax: TRIES_MAX_SHORT, run: tellRefunded },
  CountSale: { triesMax: TRIES_MAX, run: countSale },
  CountRefund: { triesMax: TRIES_MAX, run: countRefund },
}
