import { randomBytes, randomInt } from 'node:crypto'
import { beijingStamp } from '../wechat/beijingTime.ts'

/** `wx` and 34 more characters, as prepay ids look. */
export function newPrepayId(nowMs: number): string {
  return `wx${beijingStamp(nowMs)}${randomBytes(10).toString('hex')}`
}

/** 28 digits: WeChat's own number of a payment. */
export function newTransactionId(nowMs: number): string {
  return `4200${beijingStamp(nowMs)}${digits(10)}`
}

/** 29 digits: WeChat's own number of a refund. */
export function newRefundId(nowMs: number): string {
  return `50300${beijingStamp(nowMs)}${digits(10)}`
}

/** A text that is never the same twice. */
export function newNonce(): string {
  return randomBytes(16).toString('hex')
}

function digits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('')
}
