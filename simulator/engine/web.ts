import { served } from './network.ts'
import { inNameOf, invocations } from './invocation.ts'
import type { Simulation } from './simulation.ts'

/** What a function sends over HTTPS, and what it hears. */
export interface WebRequest { method: string, url: URL, headers: Record<string, string>, body: Buffer }
export interface WebReply { status: number, headers: Record<string, string>, body: Buffer }

/** Somebody whom functions reach by the name of a host. */
export type WebHost = (request: WebRequest) => Promise<WebReply>

/** Every caller of ours gives up after this long at the latest. */
const patienceMs = 8_000
const slowMs = [1_000, 14_000] as const

/** One request that meets the faults of the seed on both of its ways. Rejects as `fetch` does when there is no answer. */
export function fetchFrom(simulation: Simulation, host: WebHost, address: URL, init: RequestInit = {}): Promise<Response> {
  const { agenda, beside, chance, faults, trace } = simulation
  const invocation = invocations.getStore()
  const name = invocation ? `${invocation.functionName} ${invocation.id}` : 'somebody'
  const given = Object.entries(init.headers as Record<string, string> | undefined ?? {})
  const headers = Object.fromEntries(given.map(([key, value]) => [key.toLowerCase(), value]))
  const request: WebRequest = { method: init.method ?? 'GET', url: address, headers, body: Buffer.from(typeof init.body === 'string' ? init.body : '') }
  const delayMs = () => faults.strikes('slow') ? chance.whole(...slowMs) : chance.whole(1, 40)
  return new Promise((resolve, reject) => {
    if (invocation?.isDead) return
    let isOver = false
    const end = (happen: () => void) => {
      if (isOver) return
      isOver = true
      stopWaiting()
      // Nothing reaches an instance that is dead by now.
      if (!invocation?.isDead) inNameOf(invocation, happen)
    }
    const lose = () => end(() => reject(new TypeError('fetch failed')))
    const stopWaiting = agenda.add(patienceMs, `${name} waits no longer for ${address.hostname}`, lose)
    const isLost = faults.strikes('requestLost')
    const isPrepay = address.pathname.endsWith('/jsapi') && faults.strikes('prepaySlow')
    agenda.add(isPrepay ? beside.whole(...slowMs) : delayMs(), `request of ${name}`, () => {
      if (isLost) return lose()
      trace.note(`${address.hostname} ${request.method} ${address.pathname}`)
      void served.run(invocation, () => inNameOf(undefined, () => host(request))).then(answer, lose)
    })
    const answer = ({ status, headers: answered, body }: WebReply) => {
      if (faults.strikes('hangs')) return
      const isReplyLost = faults.strikes('replyLost')
      agenda.add(delayMs(), `answer to ${name}`, () => {
        if (isReplyLost) return lose()
        end(() => resolve(new Response(status === 204 ? null : new Uint8Array(body), { status, headers: answered })))
      })
    }
  })
}
