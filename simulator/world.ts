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
import type { Simulation } from './engine/simulation.ts'
import { drawMood } from './mood.ts'
import { openShop } from './shop.ts'
import { keysFolder } from './wechatPay/keys.ts'
import { Messenger } from './wechatPay/messenger.ts'
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
  const { agenda, chance } = simulation
  const mood = drawMood(chance)
  const messenger = new Messenger(simulation, () => cloud, event => auditor.sawAcknowledgement(event))
  const pay = openWechatPay(simulation, {
    app: simulatedApp, keysFolder: keysFolder(), refundDelayMs: mood.refundDelayMs, messenger,
  })
  const auditor = hireAuditor(simulation, pay, outRefundNo => mood.refundsTakeDays || messenger.hasSilenced(outRefundNo))
  const database = await openDatabase({ file: ':memory:', nowMs: () => agenda.nowMs, onCommit: changes => auditor.sawCommit(changes, served.getStore()) })
  await database.declare(schema)
  const goods = await openShop(database, chance)
  for (const { id, stock } of goods) if (stock !== null) auditor.books.broughtIn(id, stock)
  const till = new UnreliablePay(simulation, pay, simulatedApp.merchantId, mood.refusesRefunds, (...call) => auditor.sawPayCall(...call))
  const wechat = openWechat(simulation, simulatedApp, pay)
  new Network(simulation, { database, pay: till, openApis: wechat.openApis, onDatabase: (...call) => auditor.sawDatabase(...call) })
  const cloud = openCloud(simulation, functions, auditor)
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

function hireAuditor(simulation: Simulation, pay: Pay, mayBeLost: (outRefundNo: string) => boolean): Auditor {
  const { agenda, faults } = simulation
  return new Auditor({
    pay,
    mayBeLost,
    nowMs: () => agenda.nowMs,
    clocksOffMs: faults.has('clockOff') ? clocksOffMs : 0,
    happened: branch => simulation.happened(branch),
    disturbedAtMs: () => faults.disturbedAtMs,
  })
}

function openCloud(simulation: Simulation, functions: LoadedFunctions, auditor: Auditor): SimulatedCloud {
  const wrongIn = (end: CallEnd): string | null => {
    if (end.kind === 'Threw') return 'threw'
    if (end.kind === 'RanOut') return 'ran out of time'
    return end.kind === 'Returned' && (end.result as { code?: string } | null)?.code === 'Broken' ? 'answered that it is broken' : null
  }
  return new SimulatedCloud(simulation, {
    app: simulatedApp,
    ...functions,
    onEnd: ({ functionName }, end) => {
      const wrong = wrongIn(end)
      if (wrong) auditor.sawFailure(functionName, wrong)
    },
  })
}

/** WeChat's code2session, which is asked over HTTPS and not through the SDK. */
function openLogin(simulation: Simulation): Login {
  const { agenda, chance, faults } = simulation
  const login = new Login(simulatedApp, () => agenda.nowMs)
  simulation.fetch = async (address) => {
    const { searchParams } = new URL(String(address))
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
