import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findFieldMistake } from '../../emulator/openapi/messageFields.ts'
import { pngOf, sdks, startOpenApiEmulator } from './openapiHarness.ts'
import type { OpenApiEmulator } from './openapiHarness.ts'

const hourMs = 3600_000

interface MessageList {
  messages: { kind: string, direction: string, content: Record<string, unknown>, isForStaff: boolean }[]
}

const options = { templateIds: ['ready', 'shipped'], messagePush: { text: 'service-desk', user_enter_tempsession: 'service-desk' } }

let emulator: OpenApiEmulator
/** Each test has a person of its own. */
let person: string
let people = 0

beforeAll(async () => {
  emulator = await startOpenApiEmulator(options)
})
afterAll(() => emulator.dispose())
beforeEach(() => {
  people += 1
  person = `person-${people}`
})

const messagesOf = async (name: string) => (await emulator.get<MessageList>(`/manage/messages?person=${name}`)).messages
const ask = (tmplIds: object, name = person) => emulator.post<Record<string, unknown>>('/wechat/subscribe', { person: name, tmplIds })
const sendReady = async (change: object = {}, functionName = 'open-api') => {
  const message = { touser: `o-${person}`, templateId: 'ready', page: 'pages/order?id=1', data: { thing1: { value: '拿铁' } }, ...change }
  return (await emulator.open('subscribeMessage.send', message, { functionName })).errCode
}

describe.each(sdks)('A subscription message through $sdk', ({ functionName }) => {
  it('takes one "accept", and is there for the person to read', async () => {
    expect(await sendReady({}, functionName)).toBe(43101)
    expect(await ask({ ready: 'accept' })).toEqual({ errMsg: 'requestSubscribeMessage:ok', ready: 'accept' })
    expect([await sendReady({}, functionName), await sendReady({}, functionName)]).toEqual([0, 43101])
    expect(await messagesOf(person)).toMatchObject([
      { kind: 'subscribe', direction: 'toPerson', content: { templateId: 'ready', page: 'pages/order?id=1', data: { thing1: { value: '拿铁' } } } },
    ])
    expect((await emulator.get<MessageList>(`/wechat/messages?person=${person}`)).messages).toHaveLength(1)
    expect(await messagesOf('bob')).toEqual([])
  })
})

describe('The right to send', () => {
  it('adds up, belongs to one person and one template, and comes of nothing but "accept"', async () => {
    await ask({ ready: 'accept' })
    await ask({ ready: 'accept', shipped: 'reject' })
    await ask({ ready: 'accept' }, 'bob')
    expect(await sendReady({ templateId: 'shipped' })).toBe(43101)
    expect([await sendReady(), await sendReady(), await sendReady()]).toEqual([0, 0, 43101])
  })

  it('is not spent by a message that is refused', async () => {
    await ask({ ready: 'accept' })
    for (const [change, errCode] of [
      [{ touser: 'somebody' }, 40003], [{ templateId: 'unknown' }, 40037], [{ data: { thing1: { value: 'x'.repeat(21) } } }, 47003],
    ] as const) expect(await sendReady(change)).toBe(errCode)
    await emulator.post('/manage/faults', { api: 'subscribeMessage.send', errcode: -1 })
    expect([await sendReady(), await sendReady(), await sendReady()]).toEqual([-1, 0, 43101])
  })

  it('is spent by a message that arrives although its answer is lost', async () => {
    await ask({ ready: 'accept' })
    await emulator.post('/manage/faults', { api: 'subscribeMessage.send', errcode: -1, after: true })
    expect([await sendReady(), await sendReady()]).toEqual([-1, 43101])
    expect(await messagesOf(person)).toHaveLength(1)
  })

  it('survives a restart, like the messages', async () => {
    await ask({ ready: 'accept' })
    await ask({ ready: 'accept' })
    await sendReady()
    await emulator.close()
    emulator = await startOpenApiEmulator({ ...options, dataDir: emulator.dataDir })
    expect([await sendReady(), await sendReady()]).toEqual([0, 43101])
    expect(await messagesOf(person)).toHaveLength(2)
  })

  it('is asked for one to five known templates at a time', async () => {
    expect(await ask({})).toMatchObject({ errCode: 10001 })
    expect(await ask({ unknown: 'accept' })).toMatchObject({ errCode: 20001 })
    expect(await ask({ a: 'accept', b: 'accept', c: 'accept', d: 'accept', e: 'accept', f: 'accept' })).toMatchObject({ errCode: 20003 })
    expect(await ask({ ready: 'perhaps' })).toMatchObject({ message: expect.stringContaining('accept, reject or ban') as string })
  })
})

describe('A field of a subscription message', () => {
  const isAllowed = (key: string, value: unknown) => findFieldMistake({ [key]: { value } }) === null

  it('follows the rule of its type', () => {
    const rules: [string, unknown[], unknown[]][] = [
      ['thing1', ['一'.repeat(20), 'a1 ！'], ['一'.repeat(21)]],
      ['number2', ['12', '1.5', 7, '1'.repeat(32)], ['1a', '1'.repeat(33), '￥1']],
      ['letter3', ['abC'], ['a1', 'a'.repeat(33)]],
      ['symbol4', ['#', '！！'], ['a', '######']],
      ['character_string5', ['A-1_b', 'x'.repeat(32)], ['订单', 'x'.repeat(33)]],
      ['time6', ['15:01', '2026年1月2日 15:01', '2026-01-02 15:01:02', '15:01~16:00'], ['25:00', 'soon']],
      ['date7', ['2026年1月2日', '2026-01-02', '2026年1月2日 15:01', '2026年1月2日~2026年1月3日'], ['15:01', '1月2日']],
      ['amount8', ['¥29.90', '0元', '$5', '1234567890'], ['12345678901', '五元', '1,000元']],
      ['phone_number9', ['+86-0766-66888866'], ['x', '1'.repeat(18)]],
      ['car_number10', ['粤A8Z888挂', '京A12345'], ['粤粤A12345', 'A12345678']],
      ['name11', ['王小明', 'Anna-Maria', '一'.repeat(10)], ['一'.repeat(11), 'a'.repeat(21), '王5']],
      ['phrase12', ['配送中'], ['正在配送途中', 'ok', '配送1']],
      ['enum13', ['anything'], []],
    ]
    for (const [key, allowed, refused] of rules) {
      for (const value of allowed) expect(isAllowed(key, value), `${key} ${String(value)}`).toBe(true)
      for (const value of refused) expect(isAllowed(key, value), `${key} ${String(value)}`).toBe(false)
    }
  })

  it('is named when it is empty, unfit, or of a type that WeChat does not have', () => {
    expect(findFieldMistake({ thing1: { value: '' } })).toBe('argument invalid! data.thing1.value is emtpy')
    expect(findFieldMistake({ thing1: '拿铁' })).toContain('data.thing1.value')
    expect(findFieldMistake({ thing1: { value: 'ok' }, phrase2: { value: 'no' } })).toBe('argument invalid! data.phrase2.value invalid')
    for (const key of ['title', 'thing', 'constructor1']) expect(findFieldMistake({ [key]: { value: 'x' } })).toContain(`data.${key}.value`)
  })
})

describe('Customer service', () => {
  const reply = async (content = 'hello', touser = `o-${person}`) => (await emulator.open('customerServiceMessage.send', { touser, msgtype: 'text', text: { content } })).errCode
  const write = (text: string) => emulator.post<{ pushedTo: string | null, returned: unknown, isForStaff: boolean }>('/wechat/customer', { person, text })

  it('hands what a customer writes to the function of message push, in the customer\'s name', async () => {
    expect(await write('hi')).toEqual({ pushedTo: 'service-desk', returned: 'success', isForStaff: false })
    expect(emulator.invocations().filter(({ functionName }) => functionName === 'service-desk').at(-1)?.event).toEqual({
      ToUserName: 'wxlocal0000000001', FromUserName: `o-${person}`, CreateTime: expect.any(Number) as number, MsgType: 'text', Content: 'hi', MsgId: expect.any(String) as string,
    })
    expect(await messagesOf(person)).toMatchObject([
      { direction: 'toPerson', content: { msgtype: 'text', text: { content: 'You said: hi' } } },
      { direction: 'fromPerson', content: { MsgType: 'text', Content: 'hi' }, isForStaff: false },
    ])
  })

  it('leaves to the staff what the function hands on, and what no function is set up for', async () => {
    expect(await write('a person, please')).toMatchObject({ isForStaff: true, returned: { MsgType: 'transfer_customer_service' } })
    const image = pngOf(50).toString('base64')
    expect(await emulator.post('/wechat/customer', { person, image })).toEqual({ pushedTo: null, returned: null, isForStaff: true })
  })

  it('may answer a message five times within 48 hours', async () => {
    expect(await reply()).toBe(45015)
    await write('a person, please')
    expect([await reply(), await reply(), await reply(), await reply(), await reply(), await reply()]).toEqual([0, 0, 0, 0, 0, 45047])
    await write('a person, please')
    await emulator.wait(48 * hourMs - 60_000)
    expect(await reply()).toBe(0)
    await emulator.wait(60_001)
    expect(await reply()).toBe(45015)
  })

  it('may greet a customer who enters twice within a minute', async () => {
    await emulator.post('/wechat/customer', { person, enter: true, sessionFrom: 'order 7' })
    expect(emulator.invocations().at(-1)?.event).toMatchObject({ MsgType: 'event', Event: 'user_enter_tempsession', SessionFrom: 'order 7' })
    expect([await reply(), await reply(), await reply()]).toEqual([0, 0, 45047])
    await emulator.post('/wechat/customer', { person, enter: true })
    await emulator.wait(60_001)
    expect(await reply()).toBe(45015)
  })

  it('answers with texts, pictures, links and cards that are complete', async () => {
    await write('a person, please')
    const { mediaId } = await emulator.open('customerServiceMessage.uploadTempMedia', { type: 'image' }, { media: pngOf(200) })
    const send = async (message: object) => (await emulator.open('customerServiceMessage.send', { touser: `o-${person}`, ...message })).errCode
    const link = { title: 'a', description: 'b', url: 'https://x', thumbUrl: 'https://y' }
    expect(await send({ msgtype: 'image', image: { mediaId } })).toBe(0)
    expect(await send({ msgtype: 'link', link })).toBe(0)
    expect(await send({ msgtype: 'miniprogrampage', miniprogrampage: { title: 'a', pagepath: 'pages/a?x=1', thumbMediaId: mediaId } })).toBe(0)
    for (const [message, errCode] of [
      [{ msgtype: 'voice', voice: {} }, 40008], [{ msgtype: 'text', text: { content: '' } }, 44004], [{ msgtype: 'text', text: { content: 'x'.repeat(2049) } }, 45002],
      [{ msgtype: 'image', image: { mediaId: 'none' } }, 40007], [{ msgtype: 'link', link: { ...link, url: undefined } }, 40097], [{ msgtype: 'text' }, 47001],
    ] as const) expect(await send(message)).toBe(errCode)
    expect(await reply('hello', 'nobody')).toBe(40003)
  })

  it('shows that somebody types only to a customer of the last thirty seconds, and not twice', async () => {
    const type = async (command = 'Typing') => (await emulator.open('customerServiceMessage.setTyping', { touser: `o-${person}`, command })).errCode
    expect(await type()).toBe(45080)
    await write('a person, please')
    expect([await type('Type'), await type(), await type(), await type('CancelTyping'), await type()]).toEqual([45072, 0, 45081, 0, 0])
    expect(await reply()).toBe(0)
    expect(await type()).toBe(0)
    await emulator.wait(30_001)
    expect(await type()).toBe(45080)
  })
})

describe.each(sdks)('A temporary picture through $sdk', ({ functionName }) => {
  it('can be fetched for three days', async () => {
    const picture = pngOf(64)
    const { mediaId } = await emulator.open('customerServiceMessage.uploadTempMedia', { type: 'image' }, { media: picture, functionName })
    expect(await emulator.open('customerServiceMessage.getTempMedia', { mediaId }, { functionName })).toEqual({ contentType: 'image/png', base64: picture.toString('base64') })
    await emulator.wait(72 * hourMs + 1)
    expect(await emulator.open('customerServiceMessage.getTempMedia', { mediaId }, { functionName })).toMatchObject({ errCode: 40007 })
  })

  it('must be a picture of at most 2 MB', async () => {
    const upload = async (media?: Buffer) => (await emulator.open('customerServiceMessage.uploadTempMedia', { type: 'image' }, { media, functionName })).errCode
    expect([await upload(), await upload(Buffer.from('text'))]).toEqual([41005, 40137])
  })
})
