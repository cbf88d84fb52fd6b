/**
 * What the service refuses, with the codes and texts that functions see.
 *
 * Product code recognises some of these texts, so they are kept word for word where they are known.
 */
export type FailureCode =
  | 'INVALID_PARAM'
  | 'DATABASE_REQUEST_FAILED'
  | 'DATABASE_COLLECTION_NOT_EXIST'
  | 'DATABASE_COLLECTION_ALREADY_EXIST'
  | 'DATABASE_TRANSACTION_CONFLICT'
  | 'DATABASE_TRANSACTION_FAIL'

/** A request that the real service would refuse too. Anything else that is thrown is a bug or an outage. */
export class RequestFailure extends Error {
  constructor(readonly code: FailureCode, message: string) {
    super(message)
    this.name = 'RequestFailure'
  }
}

/** The request itself makes no sense: an unknown action, a field of the wrong type. */
export function invalidRequest(reason: string): RequestFailure {
  return new RequestFailure('INVALID_PARAM', reason)
}

/** The engine understood the request and could not carry it out. */
export function refused(reason: string): RequestFailure {
  return new RequestFailure('DATABASE_REQUEST_FAILED', `[FailedOperation] ${reason}`)
}

export function collectionMissing(name: string): RequestFailure {
  return new RequestFailure(
    'DATABASE_COLLECTION_NOT_EXIST',
    `[ResourceNotFound] Db or Table not exist: ${name}. Please check your request, but if the problem cannot be solved, contact us.`,
  )
}

export function collectionExists(name: string): RequestFailure {
  return new RequestFailure('DATABASE_COLLECTION_ALREADY_EXIST', `Table exist: ${name}`)
}

/** `shownKey` is the key as the service prints it, for example `{ : "bob" }`. */
export function duplicateKey(collection: string, index: string, shownKey: string): RequestFailure {
  const error = `E11000 duplicate key error collection: local.${collection} index: ${index} dup key: ${shownKey}`
  return refused(`multiple write errors: [{write errors: [{${error}}]}, {<nil>}]`)
}

export function transactionConflict(): RequestFailure {
  return new RequestFailure(
    'DATABASE_TRANSACTION_CONFLICT',
    '[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others.',
  )
}

/** Unknown, ended, failed and expired transactions look the same to the service: they no longer exist. */
export function transactionMissing(): RequestFailure {
  return new RequestFailure(
    'DATABASE_TRANSACTION_FAIL',
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist. Please check your request, '
    + 'but if the problem persists, contact us.',
  )
}

/** Runs a step of the query engine, whose own errors all mean that the request cannot be carried out. */
export function refusing<T>(step: () => T): T {
  try {
    return step()
  } catch (error) {
    if (error instanceof RequestFailure) throw error
    throw refused(error instanceof Error ? error.message : String(error))
  }
}
