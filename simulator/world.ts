import { readFileSync } from 'node:fs'
import type { Database, DatabaseDeclaration } from '../emulator/database/database.ts'
import { openDatabase } from '../emulator/database/open.ts'
import type { AppIdentity } from '../emulator/emulator.ts'
import type { Pay } from '../emulator/pay/pay.ts'
import { Login } from '../emulator/wechat/login.ts'
import type { Stage } from './actors/stage.ts'
import { Auditor } from './auditor/auditor.ts'
import { SimulatedCloud } from './engine/cloud.ts'
import type { CallEnd } from './engine/cloud.ts'
import type { LoadedFunctions } from './engine/functions.ts'
import { Network, served } from './engine/network.ts'
import type { NetworkParts } from './engine/network.ts'
import type { Simulation } from './engine/simulation.ts'
import { fetchFrom } from './engine/web.ts'
import { drawMood } from './mood.ts'
import { openShop } from './shop.ts'
import { CloudPayDesk } from './wechatPay/cloudPayDesk.ts'
import { keysFolder, notifyUrl, payHost, v3Account } from './wechatPay/keys.ts'
import type { V3Account } from './wechatPay/keys.ts'
import { Messenger } from './wechatPay/messenger.ts'
import { V3Desk } from './wechatPay/v3Desk.ts'
import { UnreliablePay } from './wechatPay/unreliablePay.ts'
import { openWechat } from './wechatPay/openWechat.ts'
import { openWechatPay } from './wechatPay/wechatPay.ts'

/** The mini program and merchant of the simulation. */
export const simulatedApp: AppIdentity = { appid: 'wxlocal0000000001', secret: 'local-app-secret', merchantId: '1900000109', envId: 'local-env' }

const schema = JSON.parse(readFileSync(new URL('../backend/schema.json', import.meta.url), 'utf8')) as DatabaseDeclaration
const clocksOffMs = 60_000

/** A stage on which the curtain can fall. */
export interface OpenStage extends Stage {
  /** Nobody begins anything new any more. */
  endPhase(): void
  close(): Promise<void>
}

/** Sets up a shop, its cloud, WeChat Pay and an auditor for one simulation. */
export async function openWorld(simulation: Simulation, functions: LoadedFunctions): Promise<OpenStage> {
  const { agenda, beside, chance } = simulation
  const mood = drawMood(chance, beside)
  const opensAtMs = agenda.nowMs
  const messenger = new Messenger(simulation, () => cloud, (...notice) => auditor.sawAcknowledgement(...notice))
  const pay = openWechatPay(simulation, {
    app: simulatedApp, keysFolder: keysFolder(), refundDelayMs: mood.refundDelayMs, messenger,
  })
  const gatewayNow = () => (agenda.nowMs - opensAtMs < mood.phaseMs / 2 ? mood.gateways[0] : mood.gateways.at(-1)) ?? 'cloudpay'
  const auditor = hireAuditor(simulation, pay, gatewayNow, outRefundNo => mood.refundsTakeDays || messenger.hasSilenced(outRefundNo))
  simulation.onUnhandled = error => auditor.sawUnhandled(error)
  const database = await openDatabase({ file: ':memory:', nowMs: () => agenda.nowMs, onCommit: changes => auditor.sawCommit(changes, served.getStore()) })
  await database.declare(schema)
  const goods = await openShop(database, chance, { isWide: mood.isWide, beside })
  for (const { shelfId, stock } of goods) if (stock !== null) auditor.books.broughtIn(shelfId, stock)
  const refusesRefunds = () => mood.refusesRefunds && agenda.nowMs < opensAtMs + mood.refusesForMs
  const till = new UnreliablePay(simulation, pay, refusesRefunds, (...call) => auditor.sawPayCall(...call))
  const wechat = openWechat(simulation, simulatedApp, pay)
  const onDatabase: NetworkParts['onDatabase'] = (...call) => auditor.sawDatabase(...call)
  new Network(simulation, { database, pay: new CloudPayDesk(pay, till), openApis: wechat.openApis, onDatabase })
  const account = mood.gateways.includes('wechat-v3') ? await openV3(simulation, pay, { till, messenger }) : {}
  const cloud = openCloud(simulation, { functions, auditor, settings: () => ({ ...account, PAY_GATEWAY: gatewayNow() }) })
  const login = openLogin(simulation)
  pay.start()
  let isOpen = true
  return {
    simulation, mood, cloud, database, pay, till, goods, auditor,
    loginCode: person => login.createCode(person),
    isOpen: () => isOpen,
    endPhase: () => { isOpen = false },
    close: async () => {
      wechat.close()
      await close(pay, database)
    },
  }
}

function hireAuditor(simulation: Simulation, pay: Pay, gatewayNow: () => string, mayBeLost: (outRefundNo: string) => boolean): Auditor {
  const { agenda, faults } = simulation
  return new Auditor({
    pay,
    gatewayNow,
    mayBeLost,
    nowMs: () => agenda.nowMs,
    clocksOffMs: faults.has('clockOff') ? clocksOffMs : 0,
    happened: branch => simulation.happened(branch),
    disturbedAtMs: () => faults.disturbedAtMs,
  })
}

interface CloudSettings { functions: LoadedFunctions, auditor: Auditor, settings: () => Readonly<Record<string, string>> }

function openCloud(simulation: Simulation, { functions, auditor, settings }: CloudSettings): SimulatedCloud {
  const wrongIn = (end: CallEnd): string | null => {
    if (end.kind === 'Threw') return 'threw'
    if (end.kind === 'RanOut') return 'ran out of time'
    return end.kind === 'Returned' && (end.result as { code?: string } | null)?.code === 'Broken' ? 'answered that it is broken' : null
  }
  return new SimulatedCloud(simulation, {
    app: simulatedApp,
    settings,
    ...functions,
    onEnd: ({ functionName }, end) => {
      const wrong = wrongIn(end)
      if (wrong) auditor.sawFailure(functionName, wrong)
    },
  })
}

interface V3Parts { till: UnreliablePay, messenger: Messenger }

/** API v3 in both directions: what the shop asks, and what it is told. Answers the account that its functions need for it. */
async function openV3(simulation: Simulation, pay: Pay, { till, messenger }: V3Parts): Promise<V3Account> {
  // Read before anything happens: a file takes as long as it takes.
  const { apiV3Key, merchantSerial } = await pay.credentials()
  const desk = new V3Desk(pay, till)
  simulation.fetch = (address, init) => fetchFrom(simulation, request => desk.answer(request), new URL(String(address)), init)
  simulation.serveOwn = url => url === notifyUrl ? exchange => void messenger.post(exchange, apiV3Key) : null
  return v3Account(simulatedApp.merchantId, merchantSerial)
}

/** WeChat's code2session, which is asked over HTTPS and not through the SDK. */
function openLogin(simulation: Simulation): Login {
  const { agenda, chance, faults } = simulation
  const login = new Login(simulatedApp, () => agenda.nowMs)
  const others = simulation.fetch
  simulation.fetch = async (address, init) => {
    const { hostname, searchParams } = new URL(String(address))
    if (hostname === payHost) return others(address, init)
    await agenda.pause(chance.whole(5, 80), 'code2session')
    if (faults.strikes('loginLost') && chance.percent(50)) throw new TypeError('fetch failed')
    const [appid, secret, code, grant] = ['appid', 'secret', 'js_code', 'grant_type'].map(name => searchParams.get(name))
    const reply = JSON.stringify(login.exchange({ appid, secret, js_code: code, grant_type: grant }))
    if (faults.strikes('loginLost')) throw new TypeError('fetch failed')
    return new Response(reply)
  }
  return login
}

async function close(pay: Pay, database: Database): Promise<void> {
  // A notice that never came to its end would be waited for without end.
  pay.stop()
  pay.ledger.close()
  await database.close()
}
