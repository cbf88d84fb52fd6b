import type { PaymentParams } from '@contracts/order.ts'

/** What the phone says about a payment. It is a hint: only the server knows whether money moved. */
export type PaymentAnswer = 'ok' | 'cancel' | 'fail'

/** The phone around the shop: WeChat itself, or a local stand-in in the browser. */
export interface WeChat {
  /** Called once, before the first page. */
  launch(): void
  /** A one-time code that the server can exchange for the person's identity. */
  login(): Promise<string>
  /** Opens the cashier and resolves when the person has left it. */
  requestPayment(payment: PaymentParams): Promise<PaymentAnswer>
  /** An address that an image can show, for a cloud file id. */
  pictureUrl(fileId: string): string
  /** A light tap under the finger, where the phone can give one. */
  tap(): void
}
