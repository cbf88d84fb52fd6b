import type { Launch } from '../phone.ts'
import { asyncApi } from './asyncApi.ts'

/** `wx.…Storage…`: a drawer for each person, which survives until the browser context closes. */
export function storageApi({ person }: Launch) {
  const address = (key: string) => `${person}:${key}`
  const read = (key: string): unknown => {
    const text = localStorage.getItem(address(key))
    // WeChat answers an empty string for a key that it does not have.
    return text === null ? '' : JSON.parse(text)
  }
  const write = (key: string, data: unknown) => localStorage.setItem(address(key), JSON.stringify(data))
  const remove = (key: string) => localStorage.removeItem(address(key))
  return {
    getStorageSync: read,
    setStorageSync: write,
    removeStorageSync: remove,
    getStorage: asyncApi('getStorage', ({ key }: { key: string }) => {
      if (localStorage.getItem(address(key)) === null) throw new Error('data not found')
      return { data: read(key) }
    }),
    setStorage: asyncApi('setStorage', ({ key, data }: { key: string, data: unknown }) => write(key, data)),
    removeStorage: asyncApi('removeStorage', ({ key }: { key: string }) => remove(key)),
  }
}
