import { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Database, DatabaseAnswer, DatabaseRequest } from '../../emulator/database/database.ts'
import { transactionConflict } from '../../emulator/database/failures.ts'
import { readForm } from '../../emulator/http/multipart.ts'
import { answerOpenApi } from '../../emulator/openapi/openapi.ts'
import type { OpenApis } from '../../emulator/openapi/openapi.ts'
import type { PayApi } from '../../emulator/pay/cloudpay/payApi.ts'
import type { Invocation } from './invocation.ts'
import { inNameOf } from './invocation.ts'
import type { Exchange } from './request.ts'
import type { Simulation } from './simulation.ts'

export interface NetworkParts {
  database: Database
  pay: PayApi
  openApis: OpenApis
  /** Is told of every request to the database and its answer. */
  onDatabase(request: DatabaseRequest, answer: DatabaseAnswer): void
}

/** Whom the cloud works for at the moment; its own clocks and alarms must not die with that call. */
export const served = new AsyncLocalStorage<Invocation | undefined>()

const json = 'application/json'
/** The SDK takes `application/json; charset=utf-8` for an error of the gateway. */
const bytes = 'application/octet-stream'
const slowMs = [1_000, 14_000] as const
/** Longer than a transaction may last. */
const stalledMs = 31_000
const stuckMs = [15_000, 110_000] as const

/** The way between the SDK inside a function and the cloud that answers it, with the faults of the seed upon it. */
export class Network {
  constructor(private readonly simulation: Simulation, private readonly parts: NetworkParts) {
    simulation.serve = exchange => this.receive(exchange)
  }

  /** A request of the SDK leaves a function. */
  private receive(exchange: Exchange): void {
    const { agenda, faults } = this.simulation
    const { invocation } = exchange
    if (invocation?.isDead) return
    const name = invocation ? `${invocation.functionName} ${invocation.id}` : 'somebody'
    const request = isForm(exchange) ? null : JSON.parse(exchange.body.toString('utf8')) as DatabaseRequest
    const isLost = faults.strikes('requestLost')
    const stopWaiting = this.limitWaiting(exchange, name)
    const isPrepay = request === null && exchange.body.includes('unifiedOrder') && faults.strikes('prepaySlow')
    agenda.add(isPrepay ? this.simulation.beside.whole(...slowMs) : this.delayMs(request), `request of ${name}`, () => {
      // A request that is on its way arrives, even when its instance is dead by then.
      if (!isLost) return void this.carryOut(exchange, request, name, stopWaiting)
      stopWaiting()
      exchange.breakOff()
    })
  }

  private limitWaiting({ timeoutMs, timeOut }: Exchange, name: string): () => void {
    if (timeoutMs === null) return () => undefined
    return this.simulation.agenda.add(timeoutMs, `SDK of ${name} gives up`, () => {
      this.simulation.happened('sdkGaveUp')
      timeOut()
    })
  }

  private async carryOut(exchange: Exchange, request: DatabaseRequest | null, name: string, stopWaiting: () => void): Promise<void> {
    const { agenda, faults } = this.simulation
    const [body, type] = await this.answer(exchange, request)
    if (faults.strikes('hangs')) return
    const isReplyLost = faults.strikes('replyLost')
    agenda.add(this.delayMs(null), `answer to ${name}`, () => {
      stopWaiting()
      if (exchange.invocation?.isDead) return
      if (isReplyLost) exchange.breakOff()
      else exchange.answer(body, type)
    })
  }

  private delayMs(request: DatabaseRequest | null): number {
    const { beside, chance, faults } = this.simulation
    if (request && isChangeOfHold(request) && faults.strikes('stuck')) return beside.whole(...stuckMs)
    if (request?.transactionId && faults.strikes('transactionStalls')) return stalledMs
    return faults.strikes('slow') ? chance.whole(...slowMs) : chance.whole(1, 40)
  }

  private answer(exchange: Exchange, request: DatabaseRequest | null): Promise<[body: Buffer, contentType: string]> {
    return served.run(exchange.invocation, () => inNameOf(undefined, async (): Promise<[Buffer, string]> => {
      if (request === null) return [await this.answerForm(exchange), bytes]
      this.simulation.trace.note(`${request.action} ${String(request.collectionName ?? '')} ${String(request.query ?? '')}`)
      const answer = this.conflict(request) ?? await this.parts.database.answer(request)
      this.parts.onDatabase(request, answer)
      return [Buffer.from(JSON.stringify(answer)), json]
    }))
  }

  /** The answer to an operation or a commit that is said to have met another writer; its transaction is over. */
  private conflict(request: DatabaseRequest): DatabaseAnswer | null {
    if (!request.transactionId || request.action === 'database.abortTransaction') return null
    if (!this.simulation.faults.strikes(request.action === 'database.commitTransaction' ? 'conflictAtCommit' : 'conflictInDocument')) return null
    void this.parts.database.answer({ ...request, action: 'database.abortTransaction' })
    const { code, message } = transactionConflict()
    return { requestId: 'simulated', code, message }
  }

  /** What is not for the database comes as a form: calls of WeChat Pay and of the open interface. */
  private async answerForm({ invocation, headers, body }: Exchange): Promise<Buffer> {
    const form = await readForm(Object.assign(Readable.from([body]), { headers }) as unknown as IncomingMessage)
    const [action = '', apiName = '', token = ''] = ['action', 'apiName', 'wxCloudApiToken'].map(name => form.get(name)?.toString('utf8') ?? '')
    const data = form.get('requestData') ?? Buffer.from('{}')
    if (action === 'wx.openApi') {
      this.simulation.trace.note(`openapi ${apiName}`)
      const caller = { functionName: invocation?.functionName, openid: invocation?.caller.openid }
      return answerOpenApi(this.parts.openApis, apiName, data, caller)
    }
    const given = JSON.parse(data.toString('utf8')) as Record<string, unknown>
    this.simulation.trace.note(`cloudPay ${apiName} ${String(given.out_trade_no ?? '')} ${String(given.out_refund_no ?? '')}`)
    const reply = await this.parts.pay.answer(apiName, given, token === '' ? undefined : invocation?.caller.openid)
    return Buffer.isBuffer(reply) ? reply : Buffer.from(JSON.stringify(reply))
  }
}

/** A change of what an order holds, outside of transactions: by its conditions it can come at any time. */
const isChangeOfHold = ({ action, collectionName, transactionId }: DatabaseRequest): boolean =>
  action === 'database.modifyDocument' && !transactionId && (collectionName === 'stock' || collectionName === 'coupons')

const isForm = ({ headers }: Exchange): boolean => headers['content-type']?.startsWith('multipart/') ?? false
