import type { Surroundings } from './surroundings'

/** Null for every no: refused, cancelled, not offered by this version of WeChat, or not declared in the privacy guide. */
function asked<Answer, Value>(
  ask: (handlers: { success: (answer: Answer) => void, fail: (failure: { errMsg: string }) => void }) => void,
  read: (answer: Answer) => Value,
): Promise<Value | null> {
  return new Promise((resolve) => {
    try {
      ask({
        success: answer => resolve(read(answer)),
        fail: ({ errMsg }) => {
          if (!errMsg.includes('cancel')) console.warn(errMsg)
          resolve(null)
        },
      })
    } catch (error) {
      console.warn('WeChat cannot do this here:', error)
      resolve(null)
    }
  })
}

/** WeChat's own address book, map and invoice titles. */
export const weixinSurroundings: Surroundings = {
  chooseAddress: () => asked<WechatMiniprogram.ChooseAddressSuccessCallbackResult, NonNullable<Awaited<ReturnType<Surroundings['chooseAddress']>>>>(
    handlers => wx.chooseAddress(handlers),
    ({ userName, telNumber, provinceName, cityName, countyName, detailInfo }) =>
      ({ name: userName, phone: telNumber, province: provinceName, city: cityName, district: countyName, detail: detailInfo }),
  ),
  choosePlace: near => asked<WechatMiniprogram.ChooseLocationSuccessCallbackResult, NonNullable<Awaited<ReturnType<Surroundings['choosePlace']>>>>(
    handlers => wx.chooseLocation({ ...near, ...handlers }),
    ({ latitude, longitude, name, address }) => ({ latitude: Number(latitude), longitude: Number(longitude), name, address }),
  ),
  whereAmI: () => asked<{ latitude: number, longitude: number }, { latitude: number, longitude: number }>(
    handlers => wx.getFuzzyLocation({ type: 'gcj02', ...handlers }),
    ({ latitude, longitude }) => ({ latitude, longitude }),
  ),
  openMap: ({ latitude, longitude, name, address }) => wx.openLocation({ latitude, longitude, name, address, scale: 16 }),
  chooseInvoiceTitle: () => asked<WechatMiniprogram.ChooseInvoiceTitleSuccessCallbackResult, NonNullable<Awaited<ReturnType<Surroundings['chooseInvoiceTitle']>>>>(
    handlers => wx.chooseInvoiceTitle(handlers),
    ({ type, title, taxNumber }) => ({ kind: String(type) === '0' ? 'Company' : 'Personal', title, taxNumber }),
  ),
}
