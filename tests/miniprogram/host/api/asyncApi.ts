interface Callbacks<Answer> {
  success?: (answer: Answer & { errMsg: string }) => void
  fail?: (failure: { errMsg: string }) => void
  complete?: (outcome: { errMsg: string }) => void
}

type Run<Options, Answer> = (options: Options) => Answer | Promise<Answer>

/** WeChat's convention: callbacks where there are any, otherwise a promise; `errMsg` either way. */
export function asyncApi<Options extends object, Answer extends object | void>(name: string, run: Run<Options, Answer>) {
  return (given?: Options & Callbacks<Answer>): Promise<Answer & { errMsg: string }> | undefined => {
    const options = given ?? {} as Options & Callbacks<Answer>
    const outcome = attempt(name, () => run(options))
    if (!options.success && !options.fail && !options.complete) return outcome
    const { success, fail, complete } = options
    outcome.then(
      (answer) => { success?.(answer); complete?.(answer) },
      (failure: { errMsg: string }) => { fail?.(failure); complete?.(failure) },
    )
    return undefined
  }
}

async function attempt<Answer extends object | void>(name: string, run: () => Answer | Promise<Answer>) {
  try {
    const answer = await run()
    return { errMsg: `${name}:ok`, ...answer } as Answer & { errMsg: string }
  } catch (error) {
    // What is thrown is often looked at by its message: an Error carries both.
    throw Object.assign(error as Error, { errMsg: (error as { errMsg?: string }).errMsg ?? `${name}:fail ${(error as Error).message}` })
  }
}
