import { join } from 'node:path'
import type { Clock } from './clock.ts'
import type { Database, DatabaseDeclaration } from './database/database.ts'
import { openDatabase } from './database/open.ts'
import { StartError } from './emulator.ts'
import type { AppIdentity, EmulatorOptions, FunctionRules } from './emulator.ts'
import type { Caller } from './functions/environment.ts'
import type { Functions } from './functions/functions.ts'
import { mayInvoke } from './functions/rules.ts'
import type { Listening } from './http/listen.ts'
import type { Pages } from './openapi/pages.ts'
import { wechatNoticeDelaysMs } from './pay/notices.ts'
import { Pay } from './pay/pay.ts'
import { Owners } from './storage/owners.ts'
import { payTrades } from './wechat/payTrades.ts'
import { Wechat } from './wechat/wechat.ts'

/** Opens the database with its collections and indexes. */
export async function openDatabaseIn(dataDir: string, declaration: DatabaseDeclaration | null, nowMs: () => number): Promise<Database> {
  const database = await openFile(dataDir, nowMs)
  try {
    if (declaration) await database.declare(declaration)
    return database
  } catch (error) {
    await database.close()
    throw new StartError(`The collections and indexes do not fit the data in ${dataDir} (${(error as Error).message}): delete the data folder, or name another one with --data.`)
  }
}

async function openFile(dataDir: string, nowMs: () => number): Promise<Database> {
  try {
    return await openDatabase({ file: join(dataDir, 'database.db'), nowMs })
  } catch (error) {
    throw new StartError(`The database in ${dataDir} cannot be opened (${(error as Error).message}): stop the emulator that uses it, or name another folder with --data.`)
  }
}

export async function openOwners(dataDir: string): Promise<Owners> {
  return explaining('The storage', dataDir, () => new Owners(join(dataDir, 'storage.db')))
}

/** What the services of WeChat share. */
export interface Surroundings {
  options: EmulatorOptions
  app: AppIdentity
  clock: Clock
  functions: Functions
}

/** Whoever forges a notice to a function is logged in to the mini program like anybody else. */
const strangersOpenid = 'o-stranger'

export async function openPay({ options, app, clock, functions }: Surroundings, rules: FunctionRules): Promise<Pay> {
  const { dataDir } = options
  return explaining('The payments', dataDir, () => new Pay({
    file: join(dataDir, 'pay.db'),
    keysFolder: join(dataDir, 'wechatpay'),
    app,
    noticeDelaysMs: options.noticeDelaysMs ?? wechatNoticeDelaysMs,
    refundDelayMs: options.refundDelayMs ?? 1_000,
    feeBasisPoints: options.feeBasisPoints ?? 60,
    signTestEvery: options.signTestEvery ?? 0,
    signingMode: options.paySigning ?? 'publicKey',
    clock,
    callFunction: (functionName, event, source) => {
      if (source === 'wx_paycallback') return resultOf(functions, functionName, event, { source })
      // A stranger is an ordinary client: where the rules keep clients out, a forged notice does not even get in.
      if (!mayInvoke(rules, functionName, strangersOpenid)) return Promise.resolve(null)
      return resultOf(functions, functionName, event, { source, openid: strangersOpenid })
    },
  }))
}

export interface WechatParts {
  pay: Pay
  pages: Pages
  listening: Listening
}

export async function openWechat(surroundings: Surroundings, { pay, pages, listening }: WechatParts): Promise<Wechat> {
  const { options, app, clock, functions } = surroundings
  const { dataDir } = options
  return explaining('What WeChat keeps', dataDir, () => new Wechat({
    file: join(dataDir, 'wechat.db'),
    app,
    publicUrl: listening.publicUrl,
    clock,
    pages,
    templateIds: options.templateIds,
    pushTargets: options.messagePush ?? {},
    callFunction: (functionName, event, openid) => resultOf(functions, functionName, event, { source: 'wx_unknown', openid }),
    trades: payTrades(pay.ledger, app),
    tradeDelayMs: options.tradeDelayMs ?? 10_000,
  }))
}

/** What a function returned to WeChat itself; null when it failed. */
async function resultOf(functions: Functions, functionName: string, event: unknown, caller: Caller): Promise<unknown> {
  const outcome = await functions.call(functionName, event, caller)
  return 'failure' in outcome ? null : JSON.parse(outcome.result) as unknown
}

async function explaining<Part>(what: string, dataDir: string, open: () => Part): Promise<Part> {
  try {
    return open()
  } catch (error) {
    throw new StartError(`${what} in ${dataDir} cannot be opened (${(error as Error).message}): delete the data folder, or name another one with --data.`)
  }
}
