import { merged } from '../merge.ts'
import type { Channel, Sender } from '../notices.ts'

/** Where a call of the merchant's function seems to come from: WeChat Pay, or somebody's mini program. */
export type CallSource = 'wx_paycallback' | 'wx_client'

/** Calls a function; resolves with what it returned, null when it failed. */
export type CallFunction = (functionName: string, event: unknown, source: CallSource) => Promise<unknown>

/** Notices of cloudPay: calls of a function, which confirms with `{ errcode: 0 }`. A forged one is a call by a client. */
export function functionChannel(callFunction: CallFunction): Channel {
  const source = (sender: Sender): CallSource => sender === 'genuine' ? 'wx_paycallback' : 'wx_client'
  return {
    deliver: async (functionName, event, sender) => {
      const returned = await callFunction(functionName, event, source(sender))
      return { isConfirmed: isConfirmation(returned), returned }
    },
    alter: merged,
  }
}

function isConfirmation(returned: unknown): boolean {
  return typeof returned === 'object' && returned !== null && (returned as { errcode?: unknown }).errcode === 0
}
