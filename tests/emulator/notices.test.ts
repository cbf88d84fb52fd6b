import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { MovableClock } from '../../emulator/clock.ts'
import { functionChannel } from '../../emulator/pay/cloudpay/functionChannel.ts'
import { PayFaults } from '../../emulator/pay/faults.ts'
import { Ledger } from '../../emulator/pay/ledger.ts'
import { Notices, wechatNoticeDelaysMs } from '../../emulator/pay/notices.ts'

const confirmation = { errcode: 0 }
const lockedBooks = () => { throw new Error('database is locked') }

let ledger: Ledger
let notices: Notices
let answers: unknown[]
/** What the merchant's function returns when `answers` is used up. */
let answer: unknown
let calls: number

beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(console, 'error').mockReturnValue()
  ledger = new Ledger(':memory:')
  calls = 0
  answers = []
  answer = confirmation
  notices = openNotices()
})
afterEach(async () => {
  await notices.close()
  vi.restoreAllMocks()
  vi.useRealTimers()
  ledger.close()
})

function openNotices(delaysMs = [500]): Notices {
  const clock = new MovableClock()
  const channel = functionChannel(async () => {
    calls += 1
    return answers.length > 0 ? answers.shift() : answer
  })
  return new Notices({
    ledger,
    delaysMs,
    clock,
    channels: { cloudPay: channel, v3: channel },
    faults: new PayFaults(clock),
    signTestEvery: 0,
  })
}

function send(): void {
  notices.add({ gateway: 'cloudPay', outTradeNo: 'N-1', outRefundNo: null, notifyTo: 'pay-callback' }, {})
  notices.send()
}

describe('A ledger that cannot be written', () => {
  it('neither ends the process nor keeps it busy: each second brings one more try, until one succeeds', async () => {
    const write = vi.spyOn(ledger, 'changeNotice').mockImplementation(lockedBooks)
    send()
    await vi.advanceTimersByTimeAsync(300)
    expect(calls).toBe(1)
    notices.send()
    await vi.advanceTimersByTimeAsync(800)
    expect(calls).toBe(1)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(calls).toBe(2)
    write.mockRestore()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(ledger.notices()).toMatchObject([{ state: 'delivered', attempts: 1 }])
  })

  it('or read is asked again a second later', async () => {
    send()
    const read = vi.spyOn(ledger, 'waitingNotices').mockImplementation(lockedBooks)
    await vi.advanceTimersByTimeAsync(250)
    expect(read).toHaveBeenCalledTimes(1)
    read.mockRestore()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(ledger.notices()).toMatchObject([{ state: 'delivered' }])
  })
})

describe('A restart', () => {
  it('costs a notice no try when its function was stopped under it', async () => {
    let stopFunction: (returned: null) => void = () => undefined
    answers = [new Promise((resolve) => { stopFunction = resolve })]
    send()
    await vi.advanceTimersByTimeAsync(250)
    notices.stop()
    stopFunction(null)
    await notices.close()
    expect(ledger.notices()).toMatchObject([{ state: 'waiting', attempts: 0 }])
  })

  it('counts the try of a function that answered', async () => {
    answer = { errcode: 1 }
    send()
    await vi.advanceTimersByTimeAsync(250)
    await notices.close()
    expect(ledger.notices()).toMatchObject([{ state: 'waiting', attempts: 1 }])
  })

  it('lets held notices go', async () => {
    notices.setMode('hold')
    send()
    await vi.advanceTimersByTimeAsync(300)
    expect(ledger.notices()).toMatchObject([{ state: 'held' }])
    await notices.close()
    notices = openNotices()
    notices.start()
    await vi.advanceTimersByTimeAsync(100)
    expect(ledger.notices()).toMatchObject([{ state: 'delivered' }])
  })
})

describe('WeChat\'s own schedule', () => {
  it('brings a notice sixteen times in 24 hours and 4 minutes, and then gives up', async () => {
    await notices.close()
    notices = openNotices(wechatNoticeDelaysMs)
    answer = { errcode: 1 }
    send()
    await vi.advanceTimersByTimeAsync(200)
    for (const [index, delayMs] of wechatNoticeDelaysMs.entries()) {
      expect(calls).toBe(index + 1)
      await vi.advanceTimersByTimeAsync(delayMs - 1)
      expect(calls).toBe(index + 1)
      await vi.advanceTimersByTimeAsync(1)
    }
    expect(calls).toBe(16)
    expect(wechatNoticeDelaysMs.reduce((sum, delayMs) => sum + delayMs)).toBe((24 * 60 + 4) * 60_000)
    await vi.advanceTimersByTimeAsync(24 * 3600_000)
    expect(calls).toBe(16)
    expect(ledger.notices()).toMatchObject([{ state: 'abandoned', attempts: 16 }])
  })
})

describe('The books', () => {
  it('are open to one emulator at a time, and to the next as soon as the first has closed them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'books-'))
    const first = new Ledger(join(folder, 'pay.db'))
    expect(() => new Ledger(join(folder, 'pay.db'))).toThrow('locked')
    first.close()
    new Ledger(join(folder, 'pay.db')).close()
    await rm(folder, { recursive: true, maxRetries: 10, retryDelay: 100 })
  })
})
