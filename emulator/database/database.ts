/**
 * What the rest of the local cloud needs of its database.
 *
 * The wire protocol of wx-server-sdk reaches `answer` unparsed: `body.action` is `database.*`, documents and queries are
 * EJSON strings. Everything the database promises (snapshots, conflicts, unique indexes, durability) is behind it.
 */
export interface Database {
  /**
   * Answers one `database.*` request of the SDK. Never throws for a request that the real service would refuse: the
   * answer then carries `code` and `message`, as recorded from the SDK.
   */
  answer(body: DatabaseRequest): Promise<DatabaseAnswer>
  /** Creates collections and indexes that are declared and missing; never drops anything. Safe to repeat. */
  declare(declaration: DatabaseDeclaration): Promise<void>
  /** Flushes and closes the file. Later calls reject. */
  close(): Promise<void>
}

/** The body of one SDK request, as CLOUD-WIRE describes it. Only `action` is common to all. */
export interface DatabaseRequest {
  action: string
  [field: string]: unknown
}

export interface DatabaseAnswer {
  requestId: string
  code?: string
  message?: string
  data?: unknown
  [field: string]: unknown
}

/** Collections and indexes, as a deploy script would create them. Kept in one JSON file by whoever uses the emulator. */
export interface DatabaseDeclaration {
  collections: CollectionDeclaration[]
}

export interface CollectionDeclaration {
  name: string
  indexes?: IndexDeclaration[]
}

export interface IndexDeclaration {
  name: string
  unique?: boolean
  /** In order of significance. */
  keys: { field: string, direction: 'asc' | 'desc' | '2dsphere' }[]
}
