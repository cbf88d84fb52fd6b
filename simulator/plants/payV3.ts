import type { Plant } from './plant.ts'

/** Bugs on the way to API v3 and back, and where two gateways meet. */
export const payV3Plants: readonly Plant[] = [
  {
    name: 'v3-notice-unsigned',
    about: 'A notice is believed whoever has signed it.',
    file: 'backend/wechat/payV3/notice.ts',
    find: 'if (forgery !== null) return { kind: \'Refused\', because: forgery }',
    replace: '',
  },
  {
    name: 'v3-answer-unsigned',
    about: 'An answer is believed whoever has signed it.',
    file: 'backend/wechat/payV3/client.ts',
    find: 'return forgery === null ? { ok: true, body: parsed }',
    replace: 'return forgery !== undefined ? { ok: true, body: parsed }',
  },
  {
    name: 'v3-acknowledged-unsettled',
    about: 'A notice of API v3 is confirmed before its money is in the books.',
    file: 'backend/door/payNotify.ts',
    find: 'return objection === null ? received : refused(500, objection)',
    replace: 'return objection === undefined ? refused(500, \'\') : received',
  },
  {
    name: 'gateway-switched',
    about: 'An order is paid through the gateway that the shop is set to now, not through its own.',
    file: 'backend/payment/unifiedOrder.ts',
    find: 'gateway: order.gateway,',
    replace: 'gateway: world.settings.gateway,',
  },
]
