import { storeOf } from './storeOf'
import type { Transport } from './transport'

/** In the mini program a door is a cloud function, and the platform tells it who is calling. */
export const wxCloud: Transport = async (door, action, input) => {
  const { result } = await wx.cloud.callFunction({ name: door, data: { action, input, ...storeOf(door) } })
  return result
}
