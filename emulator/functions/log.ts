import { closeSync, createReadStream, existsSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { beijingText } from '../wechat/beijingTime.ts'

const defaultMostBytes = 10 * 1024 * 1024
const longestText = 64 * 1024
/** Whatever readline takes for the end of a line. */
const lineEnds = /\r\n|[\n\r\u2028\u2029]/g

/** One output of a function. */
export interface LogLine {
  atMs: number
  functionName: string
  /** Null for what belongs to no call, such as the output of a file that is loaded. */
  requestId: string | null
  level: string
  text: string
}

/** Which lines are wanted; the latest `limit` of them. */
export interface LogQuery {
  requestId?: string
  functionName?: string
  limit: number
}

/** The console of all functions: one line an output, in a file that can be read and searched. */
export interface FunctionLog {
  write(functionName: string, requestId: string | null, level: string, text: string): void
  /** The latest lines that fit, oldest first; those of earlier runs too. */
  read(query: LogQuery): Promise<LogLine[]>
  close(): Promise<void>
}

/** Opens the log for appending. A full file becomes `functions.1.log`, in the place of the one before. */
export function openFunctionLog(file: string, nowMs: () => number, mostBytes = defaultMostBytes): FunctionLog {
  return new LogFile(file, nowMs, mostBytes)
}

/** Written at once, so that whoever asks right after a call finds its lines, and a kill loses none. */
class LogFile implements FunctionLog {
  private handle: number | null
  private size: number
  private readonly olderFile: string

  constructor(private readonly file: string, private readonly nowMs: () => number, private readonly mostBytes: number) {
    this.olderFile = file.replace(/\.log$/, '.1.log')
    this.handle = openSync(file, 'a')
    this.size = fstatSync(this.handle).size
  }

  write(functionName: string, requestId: string | null, level: string, text: string): void {
    // The last words of a process that was stopped may come after the log was closed.
    if (this.handle === null) return
    const line = Buffer.from(formatLine({ atMs: this.nowMs(), functionName, requestId, level, text }))
    try {
      this.handle = this.size + line.length > this.mostBytes ? this.startAnew(this.handle) : this.handle
      writeSync(this.handle, line)
      this.size += line.length
    } catch (error) {
      // A full disk must not take the emulator down with it.
      console.error(`${this.file} cannot be written: ${(error as Error).message}`)
    }
  }

  async read({ requestId, functionName, limit }: LogQuery): Promise<LogLine[]> {
    const found: LogLine[] = []
    for (const file of [this.olderFile, this.file]) {
      for await (const line of linesOf(file)) {
        if (requestId !== undefined && line.requestId !== requestId) continue
        if (functionName !== undefined && line.functionName !== functionName) continue
        found.push(line)
        if (found.length > limit) found.shift()
      }
    }
    return found
  }

  async close(): Promise<void> {
    if (this.handle !== null) closeSync(this.handle)
    this.handle = null
  }

  private startAnew(full: number): number {
    closeSync(full)
    try {
      renameSync(this.file, this.olderFile)
    } finally {
      this.handle = openSync(this.file, 'a')
      this.size = fstatSync(this.handle).size
    }
    return this.handle
  }
}

function formatLine({ atMs, functionName, requestId, level, text }: LogLine): string {
  const thousandths = String(atMs % 1000).padStart(3, '0')
  const kept = text.length > longestText ? `${text.slice(0, longestText)} … (${text.length} characters)` : text
  return `${beijingText(atMs)}.${thousandths} ${functionName} ${requestId ?? '-'} ${level} ${kept.trimEnd().replaceAll(lineEnds, '\n  ')}\n`
}

/** A text of several lines goes on with two spaces, so no text can pass for the line of another call. */
async function* linesOf(file: string): AsyncGenerator<LogLine> {
  if (!existsSync(file)) return
  let latest: LogLine | null = null
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const line = parseLine(text)
    if (line) {
      if (latest) yield latest
      latest = line
    } else if (latest && text.startsWith('  ')) {
      latest.text += `\n${text.slice(2)}`
    }
  }
  if (latest) yield latest
}

function parseLine(text: string): LogLine | null {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d{3})?) (\S+) (\S+) (\S+) (.*)$/.exec(text)
  if (!match) return null
  const [date, time, functionName, requestId, level, rest] = match.slice(1) as [string, string, string, string, string, string]
  return { atMs: Date.parse(`${date}T${time}+08:00`), functionName, requestId: requestId === '-' ? null : requestId, level, text: rest }
}
