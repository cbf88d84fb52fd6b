/** Starts and stops the local WeChat. See README.md in this folder. */
export interface EmulatorOptions {
  /** A folder with one sub-folder a cloud function: `index.js` and, where it has triggers or a time limit, `config.json`. */
  functionsDir: string
  /** Where everything that must survive a restart is kept. Created when it is missing. */
  dataDir: string
  /** 0 takes a free port. */
  port: number
  /** Address to listen on; `127.0.0.1` unless told. With another one, the local network reaches the mini program too. */
  host?: string
  /** JSON file that declares collections and indexes (DatabaseDeclaration). */
  databaseFile?: string
  /** An H5 build to serve at `/`; paths that are no file answer its index.html. */
  staticDir?: string
  /** Environment variables of the functions, by function name; `*` holds for every function. `{url}` in a value is this cloud's address. */
  environment?: Record<string, Record<string, string>>
  /**
   * Whether calls of a function share a process (`shared`, the default, quick) or have one to themselves, of at most
   * eight (`instance`, as in the cloud, where module-level state is never seen by two calls at once).
   */
  isolation?: 'shared' | 'instance'
  /**
   * Which functions a client may call (云函数安全规则). WeChat's default unless told: whoever is logged in may call all.
   * Nested calls, timers, payment notices and HTTP access are not governed by them.
   */
  functionRules?: FunctionRules
  /** A JSON file with the function rules; `functionRules` goes before it. */
  functionRulesFile?: string
  /** Who may read and write which files: the first rule whose prefix fits. Everybody may read, and only functions write, unless told. */
  storageRules?: StorageRule[]
  /** A JSON file with the storage rules; `storageRules` goes before it. */
  storageRulesFile?: string
  /** Who the mini program and its merchant are; each field has a default. */
  app?: Partial<AppIdentity>
  /** Waits after the first, second, … refused payment notice. WeChat's own schedule of 24 hours unless told. */
  noticeDelaysMs?: number[]
  /** How long a refund takes after it was accepted; one second unless told. */
  refundDelayMs?: number
  /** The app.json or pages.json of the mini program: codes, links and messages to other pages are refused. Without it every page counts. */
  pagesFile?: string
  /** The subscription templates of the account; every id counts as one unless told. */
  templateIds?: string[]
  /** Message push: the function that gets messages of a type, `text`, or events of a name, `wxa_media_check`. */
  messagePush?: Record<string, string>
  /** How long shipping management does not know a payment; ten seconds unless told. */
  tradeDelayMs?: number
  /** The fee of a payment in bills, in hundredths of a percent; 60, which is 0.6 %, unless told. */
  feeBasisPoints?: number
  /** Before every so-manieth notice of API v3 comes one with a wrong signature, as WeChat Pay tests its receivers; never unless told. */
  signTestEvery?: number
  /** With which key WeChat Pay signs notices of API v3, and replies to requests that ask for none; `publicKey` unless told. */
  paySigning?: 'publicKey' | 'certificate'
  /** False leaves timer triggers alone; `POST /manage/timers/<function>` still fires them. */
  timers?: boolean
}

/** Rules by function name; `*` holds for every function that is not named. */
export type FunctionRules = Record<'*', FunctionRule> & Record<string, FunctionRule>

export interface FunctionRule {
  invoke: boolean | 'auth != null' | 'auth.loginType != \'ANONYMOUS\' && auth != null'
}

/** What holds for the files whose path begins with the prefix. Functions may read and write all of them. */
export interface StorageRule {
  prefix: string
  /** A link to a public file never expires; one to a private file is signed, and lives for its `maxAge`. */
  read: 'public' | 'private'
  /** `user` lets everybody who is logged in upload, over nothing of anybody else; nobody may unless told. */
  write?: 'user' | 'none'
}

/** The mini program and the merchant that this WeChat knows. */
export interface AppIdentity {
  appid: string
  secret: string
  merchantId: string
  /** Shown on the payment sheet; the order's own description stands in when it is missing. */
  merchantName?: string
  /** The environment's id, `ENV` in a function's context. */
  envId: string
  /** True where the mini program belongs to an Open Platform account: people then have a UNIONID. */
  unionid?: boolean
}

/** One call of a cloud function, for tests and for the log. */
export interface InvocationRecord {
  requestId: string
  functionName: string
  /** The SOURCE chain that the function saw, e.g. `wx_client`, `wx_paycallback`. */
  source: string
  /** The request's event as given; what is too long to be kept is `(N bytes)` instead. */
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

/** A mistake of whoever starts the emulator. The message is one sentence that says what to do. */
export class StartError extends Error {}
