import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { MovableClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { clockRoutes } from './clockRoutes.ts'
import type { Database, DatabaseDeclaration } from './database/database.ts'
import { openDatabase } from './database/open.ts'
import { StartError } from './emulator.ts'
import type { AppIdentity, Emulator, EmulatorOptions } from './emulator.ts'
import { clientRoutes } from './functions/clientRoutes.ts'
import { withAddress } from './functions/environment.ts'
import { Functions } from './functions/functions.ts'
import { gatewayRoutes } from './functions/gatewayRoutes.ts'
import { Invocations } from './functions/invocations.ts'
import { openFunctionLog } from './functions/log.ts'
import type { FunctionLog } from './functions/log.ts'
import { functionManageRoutes } from './functions/manageRoutes.ts'
import { Timers } from './functions/timers.ts'
import { adminRoutes } from './http/adminRoutes.ts'
import { listen } from './http/listen.ts'
import type { Listening } from './http/listen.ts'
import { createRouter } from './http/router.ts'
import type { Route } from './http/router.ts'
import { staticRoute } from './http/staticFiles.ts'
import { anyPage, readPages } from './openapi/pages.ts'
import type { Pages } from './openapi/pages.ts'
import { payManageRoutes } from './pay/manageRoutes.ts'
import { wechatNoticeDelaysMs } from './pay/notices.ts'
import { Pay } from './pay/pay.ts'
import { sheetRoutes } from './pay/sheetRoutes.ts'
import { cosRoutes } from './storage/cosRoutes.ts'
import { Files } from './storage/files.ts'
import { Storage } from './storage/storage.ts'
import { identityOf } from './wechat/identity.ts'
import { payTrades } from './wechat/payTrades.ts'
import { Wechat } from './wechat/wechat.ts'

/** Starts the local WeChat. Rejects with a StartError, one sentence that says what to do, when the options cannot work. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  await checkFolders(options)
  const declaration = await readDeclaration(options.databaseFile)
  const pages = await readPagesOf(options.pagesFile)
  let router: RequestListener = (_, response) => response.writeHead(503).end()
  // The functions need the address of their cloud, so the port is opened before the services that answer on it exist.
  const listening = await listen((request, response) => router(request, response), options.host ?? '127.0.0.1', options.port)
  const cloud = await openCloud(options, listening, { declaration, pages }).catch(async (error: unknown) => {
    await listening.close()
    throw error
  })
  router = createRouter(cloud.routes, options.host ?? 'localhost')
  await cloud.start().catch(async (error: unknown) => {
    await cloud.close()
    throw error
  })
  return { url: listening.url, port: listening.port, invocations: () => cloud.invocations.list(), close: () => cloud.close() }
}

interface Cloud {
  routes: Route[]
  invocations: Invocations
  start(): Promise<void>
  close(): Promise<void>
}

interface ReadFiles {
  declaration: DatabaseDeclaration | null
  pages: Pages
}

async function openCloud(options: EmulatorOptions, listening: Listening, { declaration, pages }: ReadFiles): Promise<Cloud> {
  const clock = new MovableClock()
  const nowMs = () => clock.nowMs()
  const app = identityOf(options.app)
  const database = await openDatabaseIn(options.dataDir, declaration, nowMs)
  const log = openFunctionLog(join(options.dataDir, 'functions.log'), nowMs)
  const invocations = new Invocations(nowMs)
  const functions = new Functions({
    functionsDir: options.functionsDir,
    invocations,
    app,
    adminUrl: `http://127.0.0.1:${listening.port}/admin`,
    environment: withAddress(options.environment ?? {}, `http://127.0.0.1:${listening.port}`),
    log,
  })
  const pay = await openPay(options, app, functions, clock).catch(async (error: unknown) => {
    await database.close()
    await log.close()
    throw error
  })
  const wechat = await openWechat({ options, app, pages, clock, listening, functions, pay }).catch(async (error: unknown) => {
    await pay.close()
    await database.close()
    await log.close()
    throw error
  })
  const timers = new Timers(functions, log, clock)
  return {
    invocations,
    routes: allRoutes({ options, app, clock, listening, database, functions, invocations, timers, pay, wechat }),
    start: async () => {
      await functions.start()
      pay.start()
      wechat.start()
      if (options.timers !== false) await timers.start()
    },
    close: () => closeAll({ listening, timers, functions, pay, wechat, database, log }),
  }
}

async function openDatabaseIn(dataDir: string, declaration: DatabaseDeclaration | null, nowMs: () => number): Promise<Database> {
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

async function openPay(options: EmulatorOptions, app: AppIdentity, functions: Functions, clock: Clock): Promise<Pay> {
  const callFunction = async (functionName: string, event: unknown) => {
    const outcome = await functions.call(functionName, event, { source: 'wx_paycallback' })
    return 'failure' in outcome ? null : JSON.parse(outcome.result) as unknown
  }
  try {
    return new Pay({
      file: join(options.dataDir, 'pay.db'),
      app,
      delaysMs: options.noticeDelaysMs ?? wechatNoticeDelaysMs,
      refundDelayMs: options.refundDelayMs ?? 1_000,
      clock,
      callFunction,
    })
  } catch (error) {
    throw new StartError(`The payments in ${options.dataDir} cannot be opened (${(error as Error).message}): delete the data folder, or name another one with --data.`)
  }
}

type WechatParts = Pick<Parts, 'options' | 'app' | 'clock' | 'listening' | 'functions' | 'pay'> & { pages: Pages }

async function openWechat({ options, app, pages, clock, listening, functions, pay }: WechatParts): Promise<Wechat> {
  const callFunction = async (functionName: string, event: unknown, openid: string) => {
    const outcome = await functions.call(functionName, event, { source: 'wx_unknown', openid })
    return 'failure' in outcome ? null : JSON.parse(outcome.result) as unknown
  }
  try {
    return new Wechat({
      file: join(options.dataDir, 'wechat.db'),
      app,
      publicUrl: listening.publicUrl,
      clock,
      pages,
      templateIds: options.templateIds,
      pushTargets: options.messagePush ?? {},
      callFunction,
      trades: payTrades(pay.ledger, app),
      tradeDelayMs: options.tradeDelayMs ?? 10_000,
    })
  } catch (error) {
    throw new StartError(`What WeChat keeps in ${options.dataDir} cannot be opened (${(error as Error).message}): delete the data folder, or name another one with --data.`)
  }
}

interface Parts {
  options: EmulatorOptions
  app: AppIdentity
  clock: MovableClock
  listening: Listening
  database: Database
  functions: Functions
  invocations: Invocations
  timers: Timers
  pay: Pay
  wechat: Wechat
}

function allRoutes({ options, app, clock, listening, database, functions, invocations, timers, pay, wechat }: Parts): Route[] {
  const nowMs = () => clock.nowMs()
  const files = new Files(join(options.dataDir, 'files'))
  const storage = new Storage({ files, envId: app.envId, publicUrl: listening.publicUrl, nowMs })
  return [
    ...adminRoutes({ database, functions, invocations, storage, openApis: wechat.openApis, pay }),
    ...cosRoutes(storage, files),
    ...clientRoutes(functions, wechat),
    ...gatewayRoutes(functions),
    ...wechat.routes,
    ...sheetRoutes(pay, app, nowMs),
    ...functionManageRoutes(functions, invocations, timers),
    ...payManageRoutes(pay),
    ...clockRoutes(clock),
    ...(options.staticDir === undefined ? [] : [staticRoute(options.staticDir)]),
  ]
}

/** In this order nothing that is still running can miss what it works with. */
async function closeAll(parts: Pick<Parts, 'listening' | 'timers' | 'functions' | 'pay' | 'wechat' | 'database'> & { log: FunctionLog }): Promise<void> {
  parts.timers.stop()
  parts.pay.stop()
  parts.wechat.stop()
  await parts.functions.close()
  await parts.listening.close()
  parts.wechat.close()
  await parts.pay.close()
  await parts.database.close()
  await parts.log.close()
}

async function checkFolders({ functionsDir, dataDir, staticDir }: EmulatorOptions): Promise<void> {
  if (!await isFolder(functionsDir)) throw new StartError(`There is no folder ${functionsDir}: build the cloud functions first, or name their folder with --functions.`)
  if (staticDir !== undefined && !await isFolder(staticDir)) throw new StartError(`There is no folder ${staticDir}: build the H5 version first, or leave out --static.`)
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(join(dataDir, 'functions.log'), '', { flag: 'a' })
  } catch (error) {
    throw new StartError(`The data folder ${dataDir} cannot be written (${(error as Error).message}): name another one with --data.`)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

async function readPagesOf(file: string | undefined): Promise<Pages> {
  if (file === undefined) return anyPage
  return readPages(file).catch((error: Error) => {
    throw new StartError(`${file} cannot be read as a list of pages (${error.message}): name an app.json or a pages.json with --pages.`)
  })
}

async function readDeclaration(file: string | undefined): Promise<DatabaseDeclaration | null> {
  if (file === undefined) return null
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DatabaseDeclaration
  } catch (error) {
    throw new StartError(`${file} cannot be read as JSON (${(error as Error).message}): mend it, or name another file with --database.`)
  }
}
