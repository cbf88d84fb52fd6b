/**
 * The SDK overwrites `err_code` with 0, so the description is all there is: its known wordings are read here, and every
 * other one is unclear.
 */
export const says = {
  paid: (because: string) => /ORDERPAID|订单已支付/i.test(because),
  closed: (because: string) => /ORDERCLOSED|订单已关闭/i.test(because),
  // An unknown order, never an unknown merchant or appid: those are faults of the configuration and tell nothing of money.
  unknown: (because: string) => /ORDERNOTEXIST|订单号?不存在|\border not exist/i.test(because),
  unknownRefund: (because: string) => /REFUNDNOTEXIST|退款(订)?单(查询失败|不存在)/i.test(because),
  noBill: (because: string) => /No Bill Exist|账单不存在/i.test(because),
  billNotReady: (because: string) => /Bill Creating|账单(正在)?生成中/i.test(because),
  notEnough: (because: string) => /NOT_?ENOUGH|余额不足/i.test(because),
}
