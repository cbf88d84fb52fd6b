import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openAdminCloud } from '../../demo/adminCloud.ts'
import { localApp, openLocalShop } from '../../scripts/steps/localShop.ts'
import type { LocalShopOptions } from '../../scripts/steps/localShop.ts'
import type { InvocationRecord } from '../../emulator/emulator.ts'
import type { Outcome } from '../../contracts/outcome.ts'
import type { InputOf, CodeOf, OutputOf } from '../../contracts/action.ts'
import type { ShopActions } from '../../contracts/shop.ts'
import type { MerchantActions } from '../../contracts/merchant.ts'
import { prepare } from './prepared.ts'

/** A demo shop on a local WeChat of its own, in a folder that goes with it. The functions must have been built. */
export async function openTestShop(options: Partial<LocalShopOptions> = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'xiaopu-'))
  // What the demo shop sells is written down once in a run; nobody has touched it in a folder that is empty.
  if (!options.catalog && readdirSync(dataDir).every(name => name === KEYS)) await prepare('seeded', dataDir, seed)
  const emulator = await openLocalShop({ port: 0, timers: false, noticeDelaysMs: [200, 400, 800], refundDelayMs: 20, ...options, dataDir })
  return {
    emulator,
    url: emulator.url,
    dataDir,
    /** The database as a deploy script sees it, to look into it and to turn its clocks. */
    admin: await openAdminCloud(emulator.url, localApp.envId),
    as: (openid: string | null) => caller(emulator.url, openid),
    /** Commands to the local WeChat: faults, payments without the sheet, timers. */
    manage: (where: string, body: unknown = {}) => postJson(`${emulator.url}/manage/${where}`, body),
    invocations: (): InvocationRecord[] => emulator.invocations(),
    close: async () => {
      await emulator.close()
      rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
    },
  }
}

/** A shop that is opened, filled with the demo's goods and closed. */
async function seed(dataDir: string): Promise<void> {
  const emulator = await openLocalShop({ port: 0, timers: false, dataDir })
  await emulator.close()
}

/** Where the local WeChat keeps the keys of API v3. */
export const KEYS = 'wechatpay'

export type TestShop = Awaited<ReturnType<typeof openTestShop>>

/** Calls cloud functions as one person would from a mini program; null has no identity. */
export function caller(url: string, openid: string | null) {
  const headers: Record<string, string> = openid === null ? {} : { 'x-wx-openid': openid }
  const invoke = async (name: string, event: unknown) => postJson(`${url}/functions/${name}`, event, headers)
  return {
    openid,
    /** Any function with any event: what a modified client can do. */
    invoke,
    shop: async <Name extends keyof ShopActions>(action: Name, input: InputOf<ShopActions[Name]>) =>
      (await invoke('shop', { action, input })).result as Outcome<OutputOf<ShopActions[Name]>, CodeOf<ShopActions[Name]>>,
    merchant: async <Name extends keyof MerchantActions>(action: Name, input: InputOf<MerchantActions[Name]>) =>
      (await invoke('merchant', { action, input })).result as Outcome<OutputOf<MerchantActions[Name]>, CodeOf<MerchantActions[Name]>>,
    /** Logs in as this person's phone would. */
    login: async () => {
      const person = (openid ?? '').replace(/^o-/, '')
      const { code } = await postJson(`${url}/wechat/login`, { person }) as unknown as { code: string }
      return (await invoke('shop', { action: 'login', input: { code } })).result as Outcome<OutputOf<ShopActions['login']>>
    },
  }
}

export type Caller = ReturnType<typeof caller>

export async function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })
  return await response.json() as Record<string, unknown>
}

/** Waits until `check` is true, asking every 50 ms; fails after `withinMs` with what it waited for. */
export async function until(what: string, check: () => Promise<boolean> | boolean, withinMs = 10_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!await check()) {
    if (Date.now() > end) throw new Error(`Waited ${withinMs} ms in vain for: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
