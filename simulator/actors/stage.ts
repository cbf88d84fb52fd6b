import type { Database } from '../../emulator/database/database.ts'
import type { Pay } from '../../emulator/pay/pay.ts'
import type { Auditor } from '../auditor/auditor.ts'
import { branchOfRefusal } from '../coverage.ts'
import type { SimulatedCloud } from '../engine/cloud.ts'
import type { Simulation } from '../engine/simulation.ts'
import type { Mood } from '../mood.ts'
import type { Goods } from '../shop.ts'
import type { UnreliablePay } from '../wechatPay/unreliablePay.ts'

/** What everybody who takes part can reach. */
export interface Stage {
  simulation: Simulation
  mood: Mood
  cloud: SimulatedCloud
  /** What the owner's own tools write to. */
  database: Database
  /** WeChat Pay's books, for those who watch. */
  pay: Pay
  /** Where people pay. */
  till: UnreliablePay
  goods: Goods[]
  auditor: Auditor
  /** A code of wx.login for this person. */
  loginCode(person: string): string
  /** True until the fault phase ends; nobody begins anything new afterwards. */
  isOpen(): boolean
}

export type Reply = { ok: true, value: Record<string, unknown> } | { ok: false, code: string }

/** Calls an action as a person; null when no answer arrived, so that the caller cannot know. */
export async function ask(stage: Stage, person: string, functionName: string, action: string, input: object): Promise<Reply | null> {
  const { auditor, cloud, simulation } = stage
  const beganAtMs = simulation.agenda.nowMs
  const outcome = await cloud.call(functionName, { action, input }, { source: 'wx_client', openid: `o-${person}`, clientIp: '127.0.0.1' })
  const reply = outcome.kind === 'Returned' ? outcome.result as Reply : null
  simulation.trace.note(`${person} ${action}: ${reply === null ? 'no answer' : reply.ok ? 'done' : reply.code}`)
  if (reply) auditor.customers.heard(`o-${person}`, action, input, reply, beganAtMs)
  const branch = reply && !reply.ok ? branchOfRefusal(reply.code) : undefined
  if (branch) simulation.happened(branch)
  return reply
}

/** Repeats something until an answer arrives, as a person with a bad connection does. */
export async function insist(stage: Stage, attempt: () => Promise<Reply | null>, timesMost = 4): Promise<Reply | null> {
  for (let times = 0; times < timesMost; times += 1) {
    const reply = await attempt()
    if (reply !== null && !(!reply.ok && reply.code === 'Broken')) return reply
    await stage.simulation.agenda.pause(stage.simulation.chance.whole(500, 5_000), 'a person waits')
  }
  return null
}
