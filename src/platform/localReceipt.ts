import { readLanguage } from './language'
import { openLocalSheet } from './localSheet'

/** The question of WeChat's confirm-receipt component, on a sheet. False when it is left. */
export async function askLocalReceipt(): Promise<boolean> {
  const isChinese = readLanguage() === 'zh'
  const said = await openLocalSheet('local-receipt', isChinese ? '微信支付 · 商品收到了吗？' : 'WeChat Pay · Have the goods arrived?', [{
    text: isChinese ? '确认收货' : 'Confirm receipt',
    hint: isChinese ? '确认后，货款会结算给商家' : 'The merchant is paid once you confirm',
    value: true,
  }])
  return said ?? false
}
