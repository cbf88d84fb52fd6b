import { join } from 'node:path'
import { MovableClock } from './clock.ts'
import { clockRoutes } from './clockRoutes.ts'
import { databaseManageRoutes } from './database/manageRoutes.ts'
import type { Database } from './database/database.ts'
import type { AppIdentity, EmulatorOptions } from './emulator.ts'
import { clientRoutes } from './functions/clientRoutes.ts'
import { checkEnvironmentSize, withAddress } from './functions/environment.ts'
import { Functions } from './functions/functions.ts'
import { gatewayRoutes } from './functions/gatewayRoutes.ts'
import { Invocations } from './functions/invocations.ts'
import { openFunctionLog } from './functions/log.ts'
import type { FunctionLog } from './functions/log.ts'
import { functionManageRoutes } from './functions/manageRoutes.ts'
import { Timers } from './functions/timers.ts'
import { adminRoutes } from './http/adminRoutes.ts'
import type { Listening } from './http/listen.ts'
import type { Route } from './http/router.ts'
import { staticRoute } from './http/staticFiles.ts'
import { openDatabaseIn, openOwners, openPay, openWechat } from './openParts.ts'
import { payManageRoutes } from './pay/manageRoutes.ts'
import type { Pay } from './pay/pay.ts'
import { sheetRoutes } from './pay/sheetRoutes.ts'
import { v3Routes } from './pay/v3/routes.ts'
import type { Declarations } from './startFiles.ts'
import { storageClientRoutes } from './storage/clientRoutes.ts'
import { cosRoutes } from './storage/cosRoutes.ts'
import { Files } from './storage/files.ts'
import { Storage } from './storage/storage.ts'
import { identityOf } from './wechat/identity.ts'
import type { Wechat } from './wechat/wechat.ts'

/** All services of the local WeChat, behind their routes. */
export interface Cloud {
  routes: Route[]
  invocations: Invocations
  start(): Promise<void>
  close(): Promise<void>
}

interface Parts {
  options: EmulatorOptions
  declarations: Declarations
  app: AppIdentity
  clock: MovableClock
  listening: Listening
  database: Database
  functions: Functions
  invocations: Invocations
  timers: Timers
  storage: Storage
  files: Files
  pay: Pay
  wechat: Wechat
  log: FunctionLog
}

/** Opens everything, in the order in which one part needs another; closes what is open already when a part cannot be opened. */
export async function openCloud(options: EmulatorOptions, listening: Listening, declarations: Declarations): Promise<Cloud> {
  const opened: (() => Promise<void> | void)[] = []
  const closeOpened = async () => {
    for (const close of [...opened].reverse()) await close()
  }
  try {
    const parts = await openParts(options, listening, declarations, close => opened.push(close))
    const { functions, pay, wechat, timers, invocations } = parts
    const close = () => closeAll([timers, pay, wechat], functions, closeOpened)
    return { routes: allRoutes(parts), invocations, start: () => startParts(parts), close }
  } catch (error) {
    await closeOpened()
    throw error
  }
}

type OnOpen = (close: () => Promise<void> | void) => void

async function openParts(options: EmulatorOptions, listening: Listening, declarations: Declarations, onOpen: OnOpen): Promise<Parts> {
  const ownUrl = `http://127.0.0.1:${listening.port}`
  const environment = withAddress(options.environment ?? {}, ownUrl)
  checkEnvironmentSize(environment)
  const clock = new MovableClock()
  const nowMs = () => clock.nowMs()
  const app = identityOf(options.app)
  const log = openFunctionLog(join(options.dataDir, 'functions.log'), nowMs)
  onOpen(() => log.close())
  const database = await openDatabaseIn(options.dataDir, declarations.database, nowMs)
  onOpen(() => database.close())
  const owners = await openOwners(options.dataDir)
  onOpen(() => owners.close())
  const invocations = new Invocations(nowMs)
  const functions = new Functions({
    functionsDir: options.functionsDir, invocations, app, adminUrl: `${ownUrl}/admin`, environment, isolation: options.isolation ?? 'shared', log,
  })
  const surroundings = { options, app, clock, functions }
  const pay = await openPay(surroundings, declarations.functionRules)
  onOpen(() => pay.close())
  const wechat = await openWechat(surroundings, { pay, pages: declarations.pages, listening })
  onOpen(() => wechat.close())
  onOpen(() => listening.close())
  const timers = new Timers(functions, log, clock)
  functions.onChange(name => timers.refresh(name))
  const files = new Files(join(options.dataDir, 'files'))
  const storage = new Storage({ files, owners, rules: declarations.storageRules, envId: app.envId, publicUrl: listening.publicUrl, nowMs })
  return { options, declarations, app, clock, listening, database, functions, invocations, timers, storage, files, pay, wechat, log }
}

async function startParts({ options, functions, pay, wechat, timers }: Parts): Promise<void> {
  await functions.start()
  pay.start()
  wechat.start()
  if (options.timers !== false) timers.start()
}

/** First nothing new begins, then the functions end, and only then what they work with, the part that was opened last at the head. */
async function closeAll(beginners: { stop(): void }[], functions: Functions, closeOpened: () => Promise<void>): Promise<void> {
  for (const beginner of beginners) beginner.stop()
  await functions.close()
  await closeOpened()
}

function allRoutes(parts: Parts): Route[] {
  const { options, app, clock, database, functions, invocations, timers, storage, files, pay, wechat, log } = parts
  return [
    ...adminRoutes({ database, functions, invocations, storage, openApis: wechat.openApis, pay }),
    ...cosRoutes(storage, files),
    ...storageClientRoutes(storage),
    ...clientRoutes({ functions, rules: parts.declarations.functionRules, gatekeeper: wechat }),
    ...gatewayRoutes(functions, app.envId),
    ...wechat.routes,
    ...sheetRoutes(pay),
    ...v3Routes({ books: pay.v3, faults: pay.faults, mode: pay.settings.signingMode }),
    ...functionManageRoutes({ functions, invocations, timers, log }),
    ...payManageRoutes(pay),
    ...databaseManageRoutes(database),
    ...clockRoutes(clock),
    ...(options.staticDir === undefined ? [] : [staticRoute(options.staticDir)]),
  ]
}
