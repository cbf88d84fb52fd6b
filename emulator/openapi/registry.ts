import { refuse } from './answers.ts'
import type { Answer, Given } from './answers.ts'

/** Who uses an interface: a function in the name of its caller, or a server over HTTPS, which has neither. */
export interface OpenCaller {
  functionName?: string
  openid?: string
}

/** One interface of WeChat, written once for the cloud call and for HTTPS. */
export interface OpenInterface {
  /** Its name in `cloud.openapi`, `wxacode.getUnlimited`. */
  name: string
  /** Where it lies over HTTPS. */
  paths: string[]
  /** POST unless told. */
  methods?: ('GET' | 'POST')[]
  /** True for what WeChat offers over HTTPS alone: the cloud call answers -604100. */
  isHttpsOnly?: true
  /** True for what needs no access token. */
  isOpen?: true
  answer(given: Given, caller: OpenCaller): Answer | Promise<Answer>
}

/** A planned failure: the call has no effect, or has it and only its answer is lost. */
export interface Fault { errcode: number, isAnswerLost: boolean }

/** All interfaces of this WeChat, and the faults that are planned for them. */
export class Interfaces {
  private readonly byName: Map<string, OpenInterface>
  private readonly byPath: Map<string, OpenInterface>
  private readonly faults = new Map<string, Fault[]>()

  constructor(interfaces: OpenInterface[]) {
    this.byName = new Map(interfaces.map(entry => [entry.name, entry]))
    this.byPath = new Map(interfaces.flatMap(entry => entry.paths.map(path => [path, entry] as const)))
  }

  names(): string[] {
    return [...this.byName.keys()]
  }

  /** The interface of a cloud call. */
  named(name: string): OpenInterface | undefined {
    const found = this.byName.get(name)
    return found?.isHttpsOnly ? undefined : found
  }

  /** The interface of an HTTPS address. */
  at(path: string): OpenInterface | undefined {
    return this.byPath.get(path)
  }

  /** Answers a call, or fails it as planned. */
  async answer(entry: OpenInterface, given: Given, caller: OpenCaller): Promise<Answer> {
    const fault = this.faults.get(entry.name)?.shift()
    if (fault === undefined) return entry.answer(given, caller)
    if (fault.isAnswerLost) await entry.answer(given, caller)
    return refuse(fault.errcode)
  }

  /** The next calls of an interface fail with this errcode. */
  planFault(name: string, fault: Fault, times: number): void {
    this.faults.set(name, [...this.faults.get(name) ?? [], ...Array<Fault>(times).fill(fault)])
  }

  /** The errcode that is planned for the next call, which is spent by asking. */
  takeFault(name: string): number | undefined {
    return this.faults.get(name)?.shift()?.errcode
  }
}
