import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { app, sdks, startOpenApiEmulator } from './openapiHarness.ts'
import type { OpenApiEmulator } from './openapiHarness.ts'

const minuteMs = 60_000

interface PhoneReply {
  errMsg: string
  errno?: number
  code: string
  cloudID: string
}

interface OpenDataReply {
  list: { cloudID: string, data?: Record<string, unknown>, errCode?: number }[]
}

let emulator: OpenApiEmulator

beforeAll(async () => {
  emulator = await startOpenApiEmulator({ app: { unionid: true } })
})
afterAll(() => emulator.dispose())

const agree = (person: string) => emulator.post<PhoneReply>('/wechat/phone', { person })
const numberOf = async (code: string) => {
  const { phoneInfo } = await emulator.open('phonenumber.getPhoneNumber', { code })
  return (phoneInfo as { phoneNumber: string } | undefined)?.phoneNumber
}

describe('A phone number', () => {
  it('is always the same for a person, differs between people, and cannot be real', async () => {
    const [alice, again, bob] = [await agree('alice'), await agree('alice'), await agree('bob')]
    const number = await numberOf(alice.code)
    expect(number).toMatch(/^154\d{8}$/)
    expect(await numberOf(again.code)).toBe(number)
    expect(await numberOf(bob.code)).not.toBe(number)
  })

  it('comes with the mini program that asked, under the names that the manual gives over HTTPS', async () => {
    const { code } = await agree('alice')
    expect(await emulator.https('/wxa/business/getuserphonenumber', { code })).toMatchObject({
      errcode: 0,
      phone_info: { phoneNumber: expect.any(String) as string, countryCode: '86', watermark: { appid: app.appid } },
    })
  })

  it('needs a code that works once, within five minutes, and is not that of a login', async () => {
    const [used, old, login] = [await agree('alice'), await agree('alice'), await emulator.post<{ code: string }>('/wechat/login', { person: 'alice' })]
    await numberOf(used.code)
    await emulator.wait(5 * minuteMs + 1)
    for (const code of [used.code, old.code, login.code, undefined]) {
      expect(await emulator.open('phonenumber.getPhoneNumber', { code })).toMatchObject({ errCode: 40029 })
    }
  })

  it('can be denied to the button for want of quota', async () => {
    await emulator.post('/manage/faults', { api: 'getPhoneNumber', errcode: 1400001 })
    expect(await agree('alice')).toEqual({ errMsg: expect.stringContaining('fail') as string, errno: 1400001 })
    expect((await agree('alice')).errMsg).toBe('getPhoneNumber:ok')
  })
})

describe('A cloudID', () => {
  it('at the top of an event is replaced by its data, and further down by its text', async () => {
    const { cloudID } = await agree('alice')
    const { event } = await emulator.call<{ event: Record<string, unknown> }>('open-api', { phone: { cloudID }, more: { phone: { cloudID } } }, 'alice')
    expect(event).toMatchObject({ phone: { cloudID, data: { countryCode: '86' } }, more: { phone: cloudID } })
  })

  it('is replaced by an error when nobody handed it out, when it is too old, and when it belongs to somebody else', async () => {
    const send = async (cloudID: string) => (await emulator.call<{ event: { phone: unknown } }>('open-api', { phone: { cloudID } }, 'alice')).event.phone
    expect(await send('made up')).toEqual({ cloudID: 'made up', errCode: -601005, errMsg: 'invalid cloudID.' })
    expect(await send((await agree('bob')).cloudID)).toMatchObject({ errCode: -601007 })
    const { cloudID } = await agree('alice')
    await emulator.wait(5 * minuteMs + 1)
    expect(await send(cloudID)).toMatchObject({ errCode: -601006 })
  })

  it('is replaced up to five times a call', async () => {
    const { cloudID } = await agree('alice')
    const event = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map(name => [name, { cloudID }]))
    const { event: seen } = await emulator.call<{ event: Record<string, unknown> }>('open-api', event, 'alice')
    expect(seen.e).toMatchObject({ data: expect.anything() as unknown })
    expect(seen.f).toBe(cloudID)
  })

  it('that looks replaced already is left alone, so that a function can be tried with a forged one', async () => {
    const forged = { cloudID: 'x', data: { phoneNumber: '1' } }
    const { event } = await emulator.call<{ event: Record<string, unknown> }>('open-api', { phone: forged }, 'alice')
    expect(event.phone).toEqual(forged)
  })

  it('can hold the steps of the last month', async () => {
    const { cloudID } = await emulator.post<PhoneReply>('/wechat/werun', { person: 'alice' })
    const { event } = await emulator.call<{ event: { run: { data: { stepInfoList: object[] } } } }>('open-api', { run: { cloudID } }, 'alice')
    expect(event.run.data.stepInfoList).toHaveLength(31)
    expect(event.run.data.stepInfoList[0]).toEqual({ timestamp: expect.any(Number) as number, step: expect.any(Number) as number })
  })
})

describe.each(sdks)('cloud.getOpenData of $sdk', ({ functionName }) => {
  it('gives the data of each id, or why there is none', async () => {
    const { cloudID } = await agree('alice')
    const { list } = await emulator.call<OpenDataReply>(functionName, { list: [cloudID, 'made up'] }, 'alice')
    expect(list).toMatchObject([{ cloudID, data: { countryCode: '86' } }, { cloudID: 'made up', errCode: -601005 }])
  })
})

describe('A unionid', () => {
  it('is in the context and in the session of a mini program that belongs to an Open Platform account', async () => {
    const { context } = await emulator.call<{ context: { UNIONID?: string } }>('open-api', {}, 'alice')
    expect(context.UNIONID).toBe('u-alice')
    const { code } = await emulator.post<{ code: string }>('/wechat/login', { person: 'alice' })
    const query = `appid=${app.appid}&secret=${app.secret}&js_code=${code}&grant_type=authorization_code`
    expect(await emulator.get(`/sns/jscode2session?${query}`)).toMatchObject({ openid: 'o-alice', unionid: 'u-alice' })
  })

  it('is missing without a person', async () => {
    const { context } = await emulator.call<{ context: { UNIONID?: string } }>('open-api', {})
    expect(context.UNIONID).toBeUndefined()
  })
})
