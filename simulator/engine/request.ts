import { EventEmitter } from 'node:events'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { Readable } from 'node:stream'
import { inNameOf, invocations } from './invocation.ts'
import type { Invocation } from './invocation.ts'

/** What becomes of one request: an answer, or none. */
export interface Exchange {
  /** The call that sent it; undefined for whoever sets the shop up. */
  invocation: Invocation | undefined
  headers: Record<string, string>
  body: Buffer
  /** How long the sender waits for an answer; null for ever. */
  timeoutMs: number | null
  answer(body: Buffer, contentType: string, statusCode?: number): void
  /** The connection broke; the sender cannot know whether the request took effect. */
  breakOff(): void
  /** The sender gave up waiting. */
  timeOut(): void
}

/** What the SDK holds instead of an `http.ClientRequest`: the same events, no socket. */
export class SimulatedRequest extends EventEmitter {
  readonly socket = { connecting: false }
  readonly reusedSocket = false
  private readonly chunks: Buffer[] = []
  private timeoutMs: number | null = null
  private isOver = false
  private readonly invocation = invocations.getStore()

  constructor(
    private readonly options: RequestOptions,
    private readonly onResponse: (response: IncomingMessage) => void,
    private readonly send: (exchange: Exchange) => void,
  ) {
    super()
  }

  write(chunk: string | Buffer): boolean {
    this.chunks.push(Buffer.from(chunk))
    return true
  }

  end(chunk?: string | Buffer): this {
    if (chunk !== undefined) this.write(chunk)
    const headers = Object.entries(this.options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)] as const)
    this.send({
      invocation: this.invocation,
      headers: Object.fromEntries(headers),
      body: Buffer.concat(this.chunks),
      timeoutMs: this.timeoutMs,
      answer: (body, contentType, statusCode = 200) => this.finish(() => this.respond(body, contentType, statusCode)),
      breakOff: () => this.finish(() => this.emit('error', Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }))),
      timeOut: () => this.finish(() => this.emit('timeout')),
    })
    return this
  }

  setTimeout(timeoutMs: number): this {
    this.timeoutMs = timeoutMs
    return this
  }

  abort(): void {
    this.isOver = true
  }

  destroy(): this {
    this.isOver = true
    return this
  }

  private respond(body: Buffer, contentType: string, statusCode: number): void {
    const response = Object.assign(new Readable({ read: () => undefined }), { statusCode, headers: { 'content-type': contentType } })
    this.onResponse(response as unknown as IncomingMessage)
    response.push(body)
    response.push(null)
  }

  /** Only the first end of a request counts. It reaches the code that sent it in the name of its own call. */
  private finish(happen: () => void): void {
    if (this.isOver) return
    this.isOver = true
    inNameOf(this.invocation, happen)
  }
}
