/** A caller of the local cloud with no person behind it, as a deploy script would be. */
export interface AdminCloud {
  set(collection: string, id: string, document: Record<string, unknown>): Promise<void>
  has(collection: string, id: string): Promise<boolean>
  /** The document as it is; null when there is none. */
  read<D>(collection: string, id: string): Promise<D | null>
  /** How many documents have exactly these values. */
  count(collection: string, where: Record<string, string>): Promise<number>
  /** The documents that have exactly these values, a thousand at most. */
  find<D>(collection: string, where: Record<string, string>): Promise<D[]>
  remove(collection: string, id: string): Promise<void>
  /** Sets top-level fields of a document. */
  change(collection: string, id: string, fields: Record<string, unknown>): Promise<void>
  /** Answers the file id (`cloud://…`). */
  upload(cloudPath: string, content: Buffer): Promise<string>
}

interface SdkDocument {
  set(input: { data: unknown }): Promise<unknown>
  update(input: { data: unknown }): Promise<unknown>
  remove(): Promise<unknown>
  get(): Promise<{ data: unknown }>
}

interface SdkQuery {
  count(): Promise<{ total: number }>
  limit(count: number): { get(): Promise<{ data: unknown[] }> }
}

interface Sdk {
  init(config: { env: string }): void
  database(config: { throwOnNotFound: boolean }): {
    collection(name: string): { where(where: unknown): SdkQuery, doc(id: string): SdkDocument }
  }
  uploadFile(input: { cloudPath: string, fileContent: Buffer }): Promise<{ fileID: string }>
}

/** The real SDK, pointed at a local cloud by the one environment variable that it reads for that. */
export async function openAdminCloud(cloudUrl: string, env = 'local-env'): Promise<AdminCloud> {
  Object.assign(process.env, {
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${cloudUrl}/admin` }),
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    TENCENTCLOUD_SESSIONTOKEN: 'local',
    SCF_NAMESPACE: env,
    TCB_ENV: env,
  })
  const { default: sdk } = await import('wx-server-sdk') as unknown as { default: Sdk }
  sdk.init({ env })
  const database = sdk.database({ throwOnNotFound: false })
  return {
    set: async (collection, id, document) => { await database.collection(collection).doc(id).set({ data: document }) },
    has: async (collection, id) => (await database.collection(collection).doc(id).get()).data !== null,
    read: async <D>(collection: string, id: string) => (await database.collection(collection).doc(id).get()).data as D | null,
    count: async (collection, where) => (await database.collection(collection).where(where).count()).total,
    find: async <D>(collection: string, where: Record<string, string>) =>
      (await database.collection(collection).where(where).limit(1000).get()).data as D[],
    remove: async (collection, id) => { await database.collection(collection).doc(id).remove() },
    change: async (collection, id, fields) => { await database.collection(collection).doc(id).update({ data: fields }) },
    upload: async (cloudPath, fileContent) => (await sdk.uploadFile({ cloudPath, fileContent })).fileID,
  }
}
