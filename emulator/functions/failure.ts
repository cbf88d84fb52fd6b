const errCodes = {
  FUNCTION_NOT_FOUND: -501000,
  EXCEED_MAX_PAYLOAD_SIZE: -501005,
  // The number that developers report for a call which a function rule forbids; no manual of WeChat has it.
  EXCEED_AUTHORITY: -501023,
  // The SDK's own table has this number for a result that is too large for a mini program.
  EXCEED_MAX_RESPONSE_SIZE: -604001,
  FUNCTIONS_EXECUTE_FAIL: -504002,
  FUNCTIONS_TIME_LIMIT_EXCEEDED: -504003,
} as const

/** Why a call of a function gave no result. */
export type FailureCode = keyof typeof errCodes

/** A call that gave no result. The message is what a caller may read; it can hold the function's own stack. */
export class FunctionFailure extends Error {
  constructor(readonly code: FailureCode, message: string) {
    super(message)
  }

  /** The number that a mini program sees. */
  get errCode(): number {
    return errCodes[this.code]
  }

  /** An exception that left the function, in the words of the cloud. */
  static threw(stack: string): FunctionFailure {
    return new FunctionFailure('FUNCTIONS_EXECUTE_FAIL', JSON.stringify({ errorCode: 1, errorMessage: 'user code exception caught', stackTrace: stack }))
  }

  /** A function whose process ended in the middle of a call. */
  static crashed(detail: string): FunctionFailure {
    return new FunctionFailure('FUNCTIONS_EXECUTE_FAIL', JSON.stringify({ errorCode: 1, errorMessage: 'function process exited', stackTrace: detail }))
  }

  static tooSlow(limitMs: number): FunctionFailure {
    return new FunctionFailure('FUNCTIONS_TIME_LIMIT_EXCEEDED', `Invoking task timed out after ${limitMs / 1000} seconds`)
  }

  static tooLargeResult(bytes: number): FunctionFailure {
    return new FunctionFailure('EXCEED_MAX_RESPONSE_SIZE', `The function returned ${bytes} bytes, and may return 6 MB.`)
  }

  /** A call that the function rules forbid. */
  static forbidden(name: string): FunctionFailure {
    return new FunctionFailure('EXCEED_AUTHORITY', `The function rules do not let this caller invoke ${name}.`)
  }

  static notFound(name: string): FunctionFailure {
    return new FunctionFailure('FUNCTION_NOT_FOUND', `FunctionName parameter could not be found: ${name}`)
  }
}
