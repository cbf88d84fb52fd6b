import { cloudBase } from '@/platform/localWeChat'
import { storage } from '@/platform/storage'
import { storeOf } from './storeOf'
import type { Transport } from './transport'

/** Over HTTP nobody injects a caller, so the session of the last login travels along. */
export const http: Transport = async (door, action, input) => {
  const session = storage.read('session') ?? undefined
  const { data } = await uni.request({
    url: `${cloudBase}/http/${door}`,
    method: 'POST',
    data: { action, input, session, ...storeOf(door) },
    timeout: 20_000,
  })
  return data
}
