import type { Launch } from '../phone.ts'
import type { Shell } from '../shell/shell.ts'
import { asyncApi } from './asyncApi.ts'
import { post } from './cloud.ts'

interface PaymentOptions { timeStamp: string, nonceStr: string, package: string, signType?: string, paySign: string }

interface BusinessViewOptions { businessType: string, extraData: { transaction_id: string } }

interface CashierAnswer { source: 'wechat-pay', prepayId: string, errMsg: string }

const needed = ['timeStamp', 'nonceStr', 'package', 'paySign'] as const

/** `wx.requestPayment`, where the cashier of the local WeChat comes up over the phone, and what is asked once the person has left it. */
export function paymentApi(shell: Shell, { person, language }: Launch) {
  return {
    requestPayment: asyncApi('requestPayment', async (options: PaymentOptions) => {
      for (const name of needed) if (typeof options[name] !== 'string') throw new Error(`parameter error: parameter.${name} should be String`)
      const prepayId = options.package.replace(/^prepay_id=/, '')
      const lang = language.startsWith('en') ? 'en' : 'zh'
      const cashier = shell.make('iframe', { src: `/wechat/pay?${new URLSearchParams({ prepay_id: prepayId, person, lang })}`, title: 'cashier' })
      shell.over.append(cashier)
      const errMsg = await answerOf(prepayId)
      cashier.remove()
      if (errMsg !== 'requestPayment:ok') throw Object.assign(new Error(errMsg), { errMsg })
    }),
    /** The confirm-receipt component; the person has the goods and says so. */
    openBusinessView: asyncApi('openBusinessView', async ({ businessType, extraData }: BusinessViewOptions) => {
      if (businessType !== 'weappOrderConfirm') throw new Error(`parameter error: businessType ${businessType} is not known here`)
      return await post('/wechat/confirm-receipt', { person, transactionId: extraData.transaction_id }) as Record<string, unknown>
    }),
    /** The person says yes to everything. */
    requestSubscribeMessage: asyncApi('requestSubscribeMessage', async ({ tmplIds }: { tmplIds: string[] }) => {
      const answer = await post('/wechat/subscribe', { person, tmplIds: Object.fromEntries(tmplIds.map(id => [id, 'accept'])) })
      return answer as Record<string, string>
    }),
  }
}

function answerOf(prepayId: string): Promise<string> {
  return new Promise((resolve) => {
    window.parent.addEventListener('message', function listen({ data }: MessageEvent<Partial<CashierAnswer> | null>) {
      if (data?.source !== 'wechat-pay' || data.prepayId !== prepayId) return
      window.parent.removeEventListener('message', listen)
      resolve(data.errMsg ?? 'requestPayment:fail')
    })
  })
}
