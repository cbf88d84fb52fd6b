import { createWriteStream } from 'node:fs'
import { beijingText } from '../wechat/beijingTime.ts'

/** The console of all functions: one line an output, in a file that can be read and searched. */
export interface FunctionLog {
  write(functionName: string, requestId: string | null, level: string, text: string): void
  close(): Promise<void>
}

/** Opens the log for appending. */
export function openFunctionLog(file: string, nowMs: () => number): FunctionLog {
  const stream = createWriteStream(file, { flags: 'a' })
  // A full disk must not take the emulator down with it.
  stream.on('error', error => console.error(`${file} cannot be written: ${error.message}`))
  return {
    write: (functionName, requestId, level, text) => {
      // The last words of a process that was stopped may come after the log was closed.
      if (stream.writableEnded) return
      stream.write(`${beijingText(nowMs())} ${functionName} ${requestId ?? '-'} ${level} ${text.trimEnd().replaceAll('\n', '\n  ')}\n`)
    },
    close: () => new Promise(resolve => stream.end(() => resolve())),
  }
}
