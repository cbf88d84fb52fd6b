/** What the emulator tells the process of a function. */
export type ToHost =
  | { kind: 'call', callId: string, event: string, context: CallContext, environment: Record<string, string> }
  | { kind: 'ping' }

/** What the process of a function tells the emulator. */
export type FromHost =
  | { kind: 'loaded', failure: string | null }
  | { kind: 'returned', callId: string, result: string }
  | { kind: 'threw', callId: string, stack: string }
  | { kind: 'log', callId: string | null, level: string, text: string }
  | { kind: 'pong' }

/** The second argument of a function, as SCF passes it. */
export interface CallContext {
  request_id: string
  function_name: string
  function_version: string
  namespace: string
  memory_limit_in_mb: number
  time_limit_in_ms: number
}
