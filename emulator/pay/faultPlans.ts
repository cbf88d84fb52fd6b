import { Refusal } from '../http/refusal.ts'
import { callFaults, noticeFaults, payApis } from './faults.ts'
import type { CallFault, FaultPlan, NoticeFault, PayApiName } from './faults.ts'
import { gateways } from './ledger.ts'
import type { Gateway } from './ledger.ts'

type Given = Record<string, unknown>

/** The spellings of version 2. */
const aliases: Record<string, string> = { SYSTEMERROR: 'SYSTEM_ERROR', NOTENOUGH: 'NOT_ENOUGH', RATELIMIT_EXCEEDED: 'FREQUENCY_LIMITED' }

const onlyInV3 = new Set<string>(['abnormalRefund', 'fundFlowBill', 'billFile', 'certificates', 'signtest'])
const onlyInCloudPay = new Set<string>(['BIZERR_NEED_RETRY'])
const known = new Set(['api', 'fault', 'times', 'gateway', 'outTradeNo', 'outRefundNo', 'ms', 'count', 'changes'])
const longestWaitMs = 7 * 24 * 3600_000

/** Reads a command that plans a fault; what it does not understand is refused with a sentence. */
export function readFaultPlan(given: Given): FaultPlan {
  const stranger = Object.keys(given).find(name => !known.has(name))
  if (stranger !== undefined) throw new Refusal(400, `${stranger} is unknown: a fault has ${[...known].join(', ')}.`)
  const api = oneOf([...payApis, 'notice'], given.api, 'api')
  const fault = readFault(api, given.fault)
  return {
    api,
    fault,
    times: whole(given.times ?? 1, 'times', 1000),
    ...withGateway(api, fault, given.gateway),
    ...withNumber('outTradeNo', given.outTradeNo),
    ...withNumber('outRefundNo', given.outRefundNo),
    ...readDetail(fault, given),
  }
}

function readFault(api: PayApiName | 'notice', given: unknown): CallFault | NoticeFault {
  if (api === 'notice') return oneOf(noticeFaults, given, 'fault')
  const name = given === undefined ? 'SYSTEM_ERROR' : given
  return oneOf(callFaults, aliases[String(name)] ?? name, 'fault')
}

function withGateway(api: string, fault: string, given: unknown): { gateway?: Gateway } {
  const needed: Gateway | undefined = onlyInV3.has(api) || onlyInV3.has(fault) ? 'v3' : onlyInCloudPay.has(fault) ? 'cloudPay' : undefined
  const gateway = given === undefined ? undefined : oneOf(gateways, given, 'gateway')
  if (needed && gateway && gateway !== needed) throw new Refusal(400, `${api} with ${fault} exists only in ${needed}: leave out gateway.`)
  return gateway ?? needed ? { gateway: gateway ?? needed } : {}
}

function withNumber(name: 'outTradeNo' | 'outRefundNo', given: unknown): { [key in typeof name]?: string } {
  if (given === undefined) return {}
  if (typeof given !== 'string' || given === '') throw new Refusal(400, `${name} must be the number of an order or a refund.`)
  return { [name]: given }
}

/** What belongs to one kind of fault only, and is needed there. */
function readDetail(fault: CallFault | NoticeFault, { ms, count, changes }: Given): Pick<FaultPlan, 'ms' | 'count' | 'changes'> {
  const needs = { ms: fault === 'SLOW' || fault === 'delay', count: fault === 'repeat', changes: fault === 'alter' }
  for (const [name, value] of Object.entries({ ms, count, changes })) {
    if (value !== undefined && !needs[name as keyof typeof needs]) throw new Refusal(400, `${name} does not belong to ${fault}: leave it out.`)
  }
  if (needs.ms) return { ms: whole(ms, 'ms', longestWaitMs) }
  if (needs.count) return { count: whole(count, 'count', 100) }
  if (!needs.changes) return {}
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) throw new Refusal(400, 'changes must be an object of fields to replace.')
  return { changes: changes as Given }
}

function whole(value: unknown, name: string, most: number): number {
  if (!Number.isInteger(value) || Number(value) < 1 || Number(value) > most) throw new Refusal(400, `${name} must be a whole number from 1 to ${most}.`)
  return Number(value)
}

function oneOf<Name extends string>(names: readonly Name[], given: unknown, what: string): Name {
  const found = names.find(name => name === given)
  if (found === undefined) throw new Refusal(400, `${what} must be one of ${names.join(', ')}.`)
  return found
}
