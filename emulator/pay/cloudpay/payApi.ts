/** A reply of WeChat Pay, version 2, under its snake_case names. */
export type PayReply = Record<string, unknown>

/** What `cloud.cloudPay` reaches. */
export interface PayApi {
  /**
   * Answers one call: with fields, or with a bill as bytes. `callerOpenid` is the person on whose behalf the calling
   * function runs, if any. `lost` means that the connection is cut, whether or not the call took effect.
   */
  answer(apiName: string, given: Record<string, unknown>, callerOpenid: string | undefined): Promise<PayReply | Buffer | 'lost'>
}

/** A business success. */
export function succeed(fields: PayReply = {}): PayReply {
  return { return_code: 'SUCCESS', return_msg: 'OK', result_code: 'SUCCESS', ...fields }
}

/** A business failure. The SDK overwrites err_code on its way to the function, so the text has to tell all. */
export function fail(errCode: string, description: string): PayReply {
  return { return_code: 'SUCCESS', return_msg: 'OK', result_code: 'FAIL', err_code: errCode, err_code_des: description }
}

/** A request that WeChat Pay cannot even read: it names the parameter, and gives no result at all. */
export function malformed(message: string): PayReply {
  return { return_code: 'FAIL', return_msg: message }
}
