import type { EffectDocument } from '../../backend/outbox/outbox.ts'
import { postJson } from '../support/localShop.ts'
import type { Caller, TestShop } from '../support/localShop.ts'
import { paidOrder } from './support.ts'

/** How a test sees and moves what follows a commit. */
export function outboxOf(shop: TestShop) {
  const read = (id: string) => shop.admin.read<EffectDocument>('outbox', id)
  return {
    read,
    runTimer: () => shop.manage('timers/timer'),
    /** Makes an effect due and lets the timer run; answers it as it then is. */
    tryNow: async (id: string): Promise<EffectDocument> => {
      await shop.admin.change('outbox', id, { nextAtMs: 0 })
      await shop.manage('timers/timer')
      return (await read(id))!
    },
    /** The next calls of an open interface fail; with `after` they do their work and lose the answer. */
    fault: (api: string, errcode: number, { times = 1, after = false } = {}) => shop.manage('faults', { api, errcode, times, after }),
    /** The person accepts one message of each of these templates. */
    accept: (customer: Caller, ...templateIds: string[]) => postJson(`${shop.url}/wechat/subscribe`, {
      person: personOf(customer), tmplIds: Object.fromEntries(templateIds.map(id => [id, 'accept'])),
    }),
    messagesTo: async (customer: Caller, templateId: string) => {
      const answer = await (await fetch(`${shop.url}/manage/messages?person=${personOf(customer)}`)).json() as { messages: Message[] }
      return answer.messages.filter(message => message.kind === 'subscribe' && message.content.templateId === templateId)
    },
    readyOrder: async (customer: Caller, clerk: Caller) => {
      const { orderId, outTradeNo } = await paidOrder(shop, customer)
      const outcome = await clerk.merchant('markReady', { orderId })
      if (!outcome.ok) throw new Error(`markReady: ${JSON.stringify(outcome)}`)
      return { orderId, outTradeNo }
    },
  }
}

interface Message { kind: string, content: { templateId?: string, page?: string, data?: Record<string, { value: string }> } }

export const personOf = ({ openid }: Caller): string => (openid ?? '').replace(/^o-/, '')
