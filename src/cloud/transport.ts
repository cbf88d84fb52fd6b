// #ifdef H5
import { http } from './http'
// #endif
// #ifdef MP-WEIXIN
import { wxCloud } from './wxCloud'
// #endif

/** The two doors of the back end. */
export type DoorName = 'shop' | 'merchant'

/** Carries one call and brings the answer back unread. It throws when there is no answer. */
export type Transport = (door: DoorName, action: string, input: unknown) => Promise<unknown>

function choose(): Transport {
  // #ifdef H5
  return http
  // #endif
  // #ifdef MP-WEIXIN
  return wxCloud
  // #endif
}

/** The way to the cloud on this platform. */
export const transport: Transport = choose()
