import type { Theme } from '@/appearance/rules'
import type { Darkroom } from '@/photos/shrink'
import type { PaymentParams } from '@contracts/order.ts'

/** What the phone says about a payment. It is a hint: only the server knows whether money moved. */
export type PaymentAnswer = 'ok' | 'cancel' | 'fail'

/** What the phone says about a receipt. `unavailable`: this WeChat is too old to ask, or would not. */
export type ReceiptAnswer = 'confirmed' | 'cancel' | 'unavailable'

/** The phone around the shop: WeChat itself, or a local stand-in in the browser. */
export interface WeChat {
  /** Called once, before the first page. */
  launch(): void
  /**
   * Whether the code behind the way in was a picture — pressed long in a chat, or chosen from the album — and not one that the
   * camera saw. It is what this phone says: where it must be certain that somebody is there, staff open the tables.
   * Source: scene values 1012, 1013, 1031, 1032, 1048, 1049.
   */
  cameByPicture(): boolean
  /** A one-time code that the server can exchange for the person's identity. */
  login(): Promise<string>
  /**
   * Opens the cashier and resolves when the person has left it. Who has paid is asked there and then to accept these
   * messages: WeChat takes the question out of a tap or out of the payment's own answer, and later from nowhere.
   */
  requestPayment(payment: PaymentParams, askFor: readonly string[]): Promise<PaymentAnswer>
  /**
   * Has WeChat ask whether the order of this payment has arrived; resolves when the person has answered or left. It is a hint,
   * as a payment's answer is.
   */
  confirmReceipt(transactionId: string): Promise<ReceiptAnswer>
  /** Asks, first thing in a tap, to accept these messages, one each. Resolves whatever the answer is: only WeChat keeps it. */
  askToTell(templateIds: readonly string[]): Promise<void>
  /** Pictures of the person's own, as files of the phone; none when the person thinks better of it. */
  choosePictures(max: number): Promise<string[]>
  /** What makes pictures smaller before they are sent. */
  darkroom: Darkroom
  /** Puts a file of the phone into the cloud's storage; answers its file id. */
  uploadPicture(filePath: string, cloudPath: string): Promise<string>
  /** An address that an image can show, for a cloud file id. */
  pictureUrl(fileId: string): string
  /** The size of letters that the person has set for everything, in px. 16 is the usual one. */
  fontSizePx(): number
  /** The phone's own theme, and a word whenever it changes. */
  theme(): Theme
  onTheme(listen: (theme: Theme) => void): void
  /** A light tap under the finger, where the phone can give one. */
  tap(): void
}
