import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { MovableClock } from './clock.ts'
import type { Clock } from './clock.ts'
import { clockRoutes } from './clockRoutes.ts'
import type { Database, DatabaseDeclaration } from './database/database.ts'
import { databaseManageRoutes } from './database/manageRoutes.ts'
import { openDatabase } from './database/open.ts'
import { StartError } from './emulator.ts'
import type { AppIdentity, Emulator, EmulatorOptions, FunctionRules, StorageRule } from './emulator.ts'
import { clientRoutes } from './functions/clientRoutes.ts'
import { checkEnvironmentSize, withAddress } from './functions/environment.ts'
import { Functions } from './functions/functions.ts'
import { gatewayRoutes } from './functions/gatewayRoutes.ts'
import { Invocations } from './functions/invocations.ts'
import { openFunctionLog } from './functions/log.ts'
import type { FunctionLog } from './functions/log.ts'
import { functionManageRoutes } from './functions/manageRoutes.ts'
import { functionRulesOf } from './functions/rules.ts'
import { Timers } from './functions/timers.ts'
import { adminRoutes } from './http/adminRoutes.ts'
import { listen } from './http/listen.ts'
import type { Listening } from './http/listen.ts'
import { createRouter } from './http/router.ts'
import type { Route } from './http/router.ts'
import { staticRoute } from './http/staticFiles.ts'
import { miniCodes } from './openapi/miniCode.ts'
import type { CallFunction } from './pay/cloudpay/functionChannel.ts'
import { payManageRoutes } from './pay/manageRoutes.ts'
import { wechatNoticeDelaysMs } from './pay/notices.ts'
import { Pay } from './pay/pay.ts'
import { sheetRoutes } from './pay/sheetRoutes.ts'
import { v3Routes } from './pay/v3/routes.ts'
import { storageClientRoutes } from './storage/clientRoutes.ts'
import { cosRoutes } from './storage/cosRoutes.ts'
import { Files } from './storage/files.ts'
import { Owners } from './storage/owners.ts'
import { storageRulesOf } from './storage/rules.ts'
import { Storage } from './storage/storage.ts'
import { identityOf } from './wechat/identity.ts'
import { Login } from './wechat/login.ts'
import { loginRoutes } from './wechat/loginRoutes.ts'

/** Starts the local WeChat. Rejects with a StartError, one sentence that says what to do, when the options cannot work. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  await checkFolders(options)
  const declaration = await readDeclaration(options.databaseFile)
  let router: RequestListener = (_, response) => response.writeHead(503).end()
  // The functions need the address of their cloud, so the port is opened before the services that answer on it exist.
  const listening = await listen((request, response) => router(request, response), options.host ?? '127.0.0.1', options.port)
  const cloud = await openCloud(options, listening, declaration).catch(async (error: unknown) => {
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

async function openCloud(options: EmulatorOptions, listening: Listening, declaration: DatabaseDeclaration | null): Promise<Cloud> {
  const environment = withAddress(options.environment ?? {}, `http://127.0.0.1:${listening.port}`)
  checkEnvironmentSize(environment)
  const functionRules = await functionRulesOf(options)
  const storageRules = await storageRulesOf(options)
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
    environment,
    isolation: options.isolation ?? 'shared',
    log,
  })
  const owners = await openOwners(options.dataDir).catch(async (error: unknown) => {
    await database.close()
    await log.close()
    throw error
  })
  const pay = await openPay(options, app, functions, clock).catch(async (error: unknown) => {
    owners.close()
    await database.close()
    await log.close()
    throw error
  })
  const timers = new Timers(functions, log, clock)
  functions.onChange(name => timers.refresh(name))
  return {
    invocations,
    routes: allRoutes({
      options, app, functionRules, storageRules, clock, listening, database, owners, functions, invocations, timers, pay, log,
    }),
    start: async () => {
      await functions.start()
      pay.start()
      if (options.timers !== false) timers.start()
    },
    close: () => closeAll({ listening, timers, functions, pay, database, owners, log }),
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

async function openOwners(dataDir: string): Promise<Owners> {
  try {
    return new Owners(join(dataDir, 'storage.db'))
  } catch (error) {
    throw new StartError(`The storage in ${dataDir} cannot be opened (${(error as Error).message}): delete the data folder, or name another one with --data.`)
  }
}

async function openPay(options: EmulatorOptions, app: AppIdentity, functions: Functions, clock: Clock): Promise<Pay> {
  const callFunction: CallFunction = async (functionName, event, source) => {
    const outcome = await functions.call(functionName, event, { source })
    return 'failure' in outcome ? null : JSON.parse(outcome.result) as unknown
  }
  try {
    return new Pay({
      file: join(options.dataDir, 'pay.db'),
      keysFolder: join(options.dataDir, 'wechatpay'),
      app,
      noticeDelaysMs: options.noticeDelaysMs ?? wechatNoticeDelaysMs,
      refundDelayMs: options.refundDelayMs ?? 1_000,
      feeBasisPoints: options.feeBasisPoints ?? 60,
      signTestEvery: options.signTestEvery ?? 0,
      signingMode: options.paySigning ?? 'publicKey',
      clock,
      callFunction,
    })
  } catch (error) {
    throw new StartError(`The payments in ${options.dataDir} cannot be opened (${(error as Error).message}): delete the data folder, or name another one with --data.`)
  }
}

interface Parts {
  options: EmulatorOptions
  app: AppIdentity
  functionRules: FunctionRules
  storageRules: StorageRule[]
  clock: MovableClock
  listening: Listening
  database: Database
  owners: Owners
  functions: Functions
  invocations: Invocations
  timers: Timers
  pay: Pay
  log: FunctionLog
}

function allRoutes(parts: Parts): Route[] {
  const { options, app, clock, listening, database, functions, invocations, timers, pay, log } = parts
  const nowMs = () => clock.nowMs()
  const files = new Files(join(options.dataDir, 'files'))
  const { owners, storageRules: rules } = parts
  const storage = new Storage({ files, owners, rules, envId: app.envId, publicUrl: listening.publicUrl, nowMs })
  const openApis = { 'wxacode.getUnlimited': miniCodes(listening.publicUrl) }
  return [
    ...adminRoutes({ database, functions, invocations, storage, openApis, pay }),
    ...cosRoutes(storage, files),
    ...storageClientRoutes(storage),
    ...clientRoutes(functions, parts.functionRules),
    ...gatewayRoutes(functions, app.envId),
    ...loginRoutes(new Login(app, nowMs)),
    ...sheetRoutes(pay),
    ...v3Routes({ books: pay.v3, faults: pay.faults, mode: pay.settings.signingMode }),
    ...functionManageRoutes({ functions, invocations, timers, log }),
    ...payManageRoutes(pay),
    ...databaseManageRoutes(database),
    ...clockRoutes(clock),
    ...(options.staticDir === undefined ? [] : [staticRoute(options.staticDir)]),
  ]
}

/** In this order nothing that is still running can miss what it works with. */
async function closeAll(parts: Pick<Parts, 'listening' | 'timers' | 'functions' | 'pay' | 'database' | 'owners' | 'log'>): Promise<void> {
  parts.timers.stop()
  parts.pay.stop()
  await parts.functions.close()
  await parts.listening.close()
  await parts.pay.close()
  await parts.database.close()
  parts.owners.close()
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

async function readDeclaration(file: string | undefined): Promise<DatabaseDeclaration | null> {
  if (file === undefined) return null
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DatabaseDeclaration
  } catch (error) {
    throw new StartError(`${file} cannot be read as JSON (${(error as Error).message}): mend it, or name another file with --database.`)
  }
}
