/** Starts and stops the local WeChat. See README.md in this folder. */
export interface EmulatorOptions {
  /** A folder with one sub-folder a cloud function: `index.js` and, where it has triggers or permissions, `config.json`. */
  functionsDir: string
  /** Where everything that must survive a restart is kept. Created when it is missing. */
  dataDir: string
  /** 0 takes a free port. */
  port: number
  /** Address to listen on; `127.0.0.1` unless told. With another one, the local network reaches the shop too. */
  host?: string
  /** JSON file that declares collections and indexes (DatabaseDeclaration). */
  databaseFile?: string
  /** An H5 build to serve at `/`; paths that are no file answer its index.html. */
  staticDir?: string
  /** Environment variables of the functions, by function name; `*` holds for every function. */
  environment?: Record<string, Record<string, string>>
}

/** One call of a cloud function, for tests and for the log. */
export interface InvocationRecord {
  requestId: string
  functionName: string
  /** The SOURCE chain that the function saw, e.g. `wx_client`, `wx_paycallback`. */
  source: string
  /** The request's event as given. */
  event: unknown
  /** Operations of the SDK during the call, in order: `database.getDocument orders`, `wx.wxPayApi unifiedOrder` … */
  operations: string[]
  startedAtMs: number
  endedAtMs: number | null
  failure: string | null
}

export interface Emulator {
  /** `http://127.0.0.1:PORT` (or the chosen host), without a trailing slash. */
  url: string
  port: number
  /** The latest calls, oldest first; at most 1,000 are kept. */
  invocations(): InvocationRecord[]
  close(): Promise<void>
}
