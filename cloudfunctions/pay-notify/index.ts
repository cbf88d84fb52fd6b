import { receivePayNotify } from '../../backend/door/payNotify.ts'

/** Notices of WeChat Pay API v3, over the HTTP access service. */
export const main = receivePayNotify
