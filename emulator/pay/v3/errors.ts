/** A refusal of API v3: its status, its code and its sentence. Source: the error tables of pay.weixin.qq.com and PLATFORM.md 2.12. */
export class V3Error extends Error {
  constructor(readonly status: number, readonly code: string, message: string, readonly detail?: object) {
    super(message)
  }
}

/** A field of the request that is missing or wrong. */
export function wrongField(location: 'body' | 'query' | 'uri_template', field: string, issue: string, value: unknown): V3Error {
  return new V3Error(400, 'PARAM_ERROR', issue, { field: `/${location}/${field}`, location, issue, value: value ?? null })
}

export const refusals = {
  otherMerchant: () => new V3Error(400, 'MCH_NOT_EXISTS', '商户号不存在'),
  otherApp: () => new V3Error(400, 'APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配'),
  unknownOrder: () => new V3Error(404, 'ORDER_NOT_EXIST', '订单不存在'),
  unknownOrderToRefund: () => new V3Error(404, 'RESOURCE_NOT_EXISTS', '订单不存在'),
  unknownRefund: () => new V3Error(404, 'RESOURCE_NOT_EXISTS', '退款单不存在'),
  paid: () => new V3Error(400, 'ORDER_PAID', '该订单已支付'),
  closed: () => new V3Error(400, 'ORDER_CLOSED', '该订单已关闭'),
  expired: () => new V3Error(400, 'INVALID_REQUEST', '订单已过期，请使用新的商户订单号下单'),
  otherTerms: () => new V3Error(400, 'INVALID_REQUEST', '请求重入时，参数与首次请求时不一致'),
  noBill: () => new V3Error(400, 'NO_STATEMENT_EXIST', '请求的账单文件不存在'),
  billCreating: () => new V3Error(400, 'STATEMENT_CREATING', '账单生成中'),
}
