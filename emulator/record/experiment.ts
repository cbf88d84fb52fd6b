/** What experiments use of the SDK, whose own types lack some options and most results. */
export interface Cloud {
  init(options: { env: string }): void
  database(options: { throwOnNotFound: boolean }): CloudDatabase
  callFunction(options: { name: string, data: object }): Promise<{ result: unknown }>
  uploadFile(options: { cloudPath: string, fileContent: Buffer }): Promise<{ fileID: string }>
  getTempFileURL(options: { fileList: unknown[] }): Promise<{ fileList: Record<string, unknown>[] }>
  deleteFile(options: { fileList: string[] }): Promise<{ fileList: Record<string, unknown>[] }>
}

export interface CloudDatabase {
  command: Record<string, (...values: unknown[]) => unknown>
  Geo: { Point: new (longitude: number, latitude: number) => unknown }
  RegExp(options: { regexp: string, options?: string }): unknown
  serverDate(options?: { offset: number }): unknown
  createCollection(name: string): Promise<unknown>
  collection(name: string): CloudCollection
  runTransaction(callback: (transaction: CloudTransaction) => Promise<unknown>, times?: number): Promise<unknown>
  startTransaction(): Promise<CloudTransaction>
}

export interface CloudTransaction {
  collection(name: string): Pick<CloudCollection, 'doc' | 'add'>
  commit(): Promise<unknown>
  rollback(reason?: unknown): Promise<unknown>
}

export interface CloudQuery {
  where(query: object): CloudQuery
  orderBy(field: string, direction: 'asc' | 'desc'): CloudQuery
  limit(count: number): CloudQuery
  skip(count: number): CloudQuery
  field(projection: object): CloudQuery
  get(): Promise<{ data: Record<string, unknown>[] }>
  count(): Promise<{ total: number }>
  update(options: { data: object }): Promise<unknown>
  remove(): Promise<unknown>
  aggregate(): Record<string, (argument?: unknown) => never>
}

export interface CloudCollection extends CloudQuery {
  add(options: { data: object }): Promise<unknown>
  doc(id: string): CloudDocument
}

export interface CloudDocument {
  get(): Promise<{ data: Record<string, unknown> | null }>
  set(options: { data: object }): Promise<unknown>
  update(options: { data: object }): Promise<unknown>
  remove(): Promise<unknown>
}

/** What an environment must have besides an empty collection. Who has not prepared it leaves those experiments out. */
export type Need = 'unique index' | 'geographic index' | 'probe' | 'merchant'

/** What every experiment is given. */
export interface Laboratory {
  cloud: Cloud
  db: CloudDatabase
  /** The collection of the experiments, empty when each of them begins. */
  probe: CloudCollection
  /** A second one, which needs the unique index. */
  unique: CloudCollection
  collectionName: string
  /** The merchant number that payments may be asked about. */
  merchant: string
}

/** One question about the real cloud whose answer can be seen by a function. */
export interface Experiment {
  /** A short name, the key of its answer. */
  name: string
  /** What is open, as one sentence. */
  question: string
  needs?: Need
  run(laboratory: Laboratory): Promise<unknown>
}

/** The collections that experiments write to. Nothing else may live in them. */
export const collectionName = 'fidelity_probe'
export const uniqueCollectionName = 'fidelity_probe_unique'

/** The function that `probe` experiments call; its folder is to be deployed under this name. */
export const probeName = 'fidelity-probe'

/** Asks the deployed function to do something inside the cloud. */
export async function inside({ cloud }: Laboratory, deed: string, given: object = {}): Promise<unknown> {
  return (await cloud.callFunction({ name: probeName, data: { deed, ...given } })).result
}
