import type { GenericSchema, InferInput, InferOutput } from 'valibot'

/**
 * Who may call: anyone at all, anyone who is told apart where the platform or a session says who it is, a person that is
 * logged in, or staff with at least this role.
 */
export type Caller = 'anyone' | 'guest' | 'customer' | 'clerk' | 'owner'

/**
 * How often one person may do it: in any minute, at most so many times. For what writes or costs money; the refusal is
 * TooOften, which the action then names among its codes.
 */
export interface Limit { perMinute: number }

/** A promise between a page and a door: what goes in, what comes out, which refusals to expect. */
export interface Action<Schema extends GenericSchema, Output, Code extends string> {
  caller: Caller
  input: Schema
  codes: readonly Code[]
  limit?: Limit
  /** Exists for the types alone; never set. */
  readonly output?: Output
}

/** `action<Output>()({…})`: the output is named, the rest is inferred. */
export const action = <Output>() =>
  <const Schema extends GenericSchema, const Code extends string>(spec: {
    caller: Caller
    input: Schema
    codes: readonly Code[]
    limit?: Limit
  }): Action<Schema, Output, Code> => spec

export type Actions = Record<string, Action<GenericSchema, unknown, string>>

/** What a page sends. */
export type InputOf<A> = A extends Action<infer Schema, unknown, string> ? InferInput<Schema> : never
/** What the use case receives after parsing. */
export type ParsedOf<A> = A extends Action<infer Schema, unknown, string> ? InferOutput<Schema> : never
export type OutputOf<A> = A extends Action<GenericSchema, infer Output, string> ? Output : never
export type CodeOf<A> = A extends Action<GenericSchema, unknown, infer Code> ? Code : never
