import { createCipheriv, createVerify, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { readPayV3Account } from '../../backend/wechat/payV3/account.ts'
import type { PayV3Account } from '../../backend/wechat/payV3/account.ts'
import { beijingRfc3339, openPayV3 } from '../../backend/wechat/payV3/gateway.ts'
import { readNotice } from '../../backend/wechat/payV3/notice.ts'
import { authorization, decryptResource, findForgery, signPayment } from '../../backend/wechat/payV3/signature.ts'

const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 })
const wechat = generateKeyPairSync('rsa', { modulusLength: 2048 })
const apiV3Key = 'a key of exactly thirty-two byte'
const serial = 'PUB_KEY_ID_0114232134912410000000000000'
const nowMs = Date.parse('2026-03-01T04:00:00Z')

const environment = {
  WECHAT_APP_ID: 'wxlocal0000000001',
  PAY_MCH_ID: '1900000109',
  PAY_MCH_SERIAL: '5157F09EFDC096DE15EBE81A47057A72',
  PAY_MCH_PRIVATE_KEY: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  PAY_API_V3_KEY: apiV3Key,
  PAY_PUBLIC_KEY_ID: serial,
  PAY_PUBLIC_KEY: wechat.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  PAY_NOTIFY_URL: 'https://shop.example.com/pay-notify',
}

function open(changes: Record<string, string> = {}): PayV3Account {
  const account = readPayV3Account({ ...environment, ...changes })
  if (typeof account === 'string') throw new Error(account)
  return account
}

const account = open()

describe('The account of a merchant', () => {
  it('is read from PEM texts, from texts with \\n for line ends, and from the bare base64', () => {
    const folded = environment.PAY_MCH_PRIVATE_KEY.replaceAll('\n', '\\n')
    const bare = environment.PAY_MCH_PRIVATE_KEY.replace(/-----[A-Z ]+-----|\n/g, '')
    for (const text of [folded, bare]) expect(open({ PAY_MCH_PRIVATE_KEY: text }).privateKey.equals(merchant.privateKey)).toBe(true)
  })

  it.each([
    [{ PAY_MCH_SERIAL: '' }, 'PAY_MCH_SERIAL is not set'],
    [{ PAY_API_V3_KEY: 'short' }, 'PAY_API_V3_KEY must have 32 bytes'],
    [{ PAY_PUBLIC_KEY: '' }, 'PAY_PLATFORM_CERTIFICATE, must be set'],
    [{ PAY_MCH_PRIVATE_KEY: 'no key' }, 'PAY_MCH_PRIVATE_KEY'],
  ])('that lacks something says what: %o', (changes, told) => {
    const answer = readPayV3Account({ ...environment, ...changes })
    expect(answer).toContain(told)
    expect(answer).not.toContain('no key')
  })
})

describe('A request', () => {
  it('is signed over method, path, time, nonce and body, each with a line end', () => {
    const header = authorization(account, { method: 'POST', path: '/v3/pay?a=1', body: '{"铺":1}' }, { nonce: 'n0', nowMs })
    const fields = Object.fromEntries([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]))
    expect(header.startsWith('WECHATPAY2-SHA256-RSA2048 ')).toBe(true)
    expect(fields).toMatchObject({ mchid: '1900000109', nonce_str: 'n0', timestamp: '1772337600', serial_no: environment.PAY_MCH_SERIAL })
    const message = 'POST\n/v3/pay?a=1\n1772337600\nn0\n{"铺":1}\n'
    expect(createVerify('RSA-SHA256').update(message).verify(merchant.publicKey, fields.signature ?? '', 'base64')).toBe(true)
  })

  it('of a customer is signed over appid, time, nonce and prepay id', () => {
    const payment = signPayment(account, 'wx0', { nonce: 'n0', nowMs })
    expect(payment).toMatchObject({ timeStamp: '1772337600', nonceStr: 'n0', package: 'prepay_id=wx0', signType: 'RSA' })
    const message = 'wxlocal0000000001\n1772337600\nn0\nprepay_id=wx0\n'
    expect(createVerify('RSA-SHA256').update(message).verify(merchant.publicKey, payment.paySign, 'base64')).toBe(true)
  })

  it('names times in Beijing', () => {
    expect(beijingRfc3339(nowMs)).toBe('2026-03-01T12:00:00+08:00')
  })
})

const resourceOf = (plain: object) => {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from('twelve bytes'))
  cipher.setAAD(Buffer.from('transaction'))
  const bytes = Buffer.concat([cipher.update(JSON.stringify(plain), 'utf8'), cipher.final(), cipher.getAuthTag()])
  return { algorithm: 'AEAD_AES_256_GCM', ciphertext: bytes.toString('base64'), nonce: 'twelve bytes', associated_data: 'transaction' }
}

function noticeOf(eventType: string, plain: object, { key = wechat.privateKey, atMs = nowMs } = {}) {
  const body = JSON.stringify({ id: 'n', event_type: eventType, resource: resourceOf(plain) })
  const timestamp = String(Math.floor(atMs / 1000))
  const signature = sign('sha256', Buffer.from(`${timestamp}\nnonce\n${body}\n`), key).toString('base64')
  const headers: Record<string, string> = {
    'Wechatpay-Timestamp': timestamp, 'Wechatpay-Nonce': 'nonce', 'Wechatpay-Signature': signature, 'Wechatpay-Serial': serial,
  }
  return { httpMethod: 'POST', headers, body, isBase64Encoded: false }
}

const paid = { mchid: '1900000109', out_trade_no: 'T1', trade_state: 'SUCCESS' }

describe('A notice', () => {
  it('is read as the number that it is about', () => {
    expect(readNotice(account, noticeOf('TRANSACTION.SUCCESS', paid), nowMs)).toEqual({ kind: 'Hint', hint: { outTradeNo: 'T1' } })
    const refund = { ...paid, out_refund_no: 'R1' }
    expect(readNotice(account, noticeOf('REFUND.ABNORMAL', refund), nowMs)).toEqual({ kind: 'Hint', hint: { outRefundNo: 'R1' } })
  })

  it('is read when the gateway hands it on in base64 and with lower-case headers', () => {
    const { body, headers } = noticeOf('TRANSACTION.SUCCESS', paid)
    const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    const event = { httpMethod: 'POST', headers: lowered, body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
    expect(readNotice(account, event, nowMs).kind).toBe('Hint')
  })

  it.each([
    ['with another key', noticeOf('TRANSACTION.SUCCESS', paid, { key: merchant.privateKey })],
    ['more than five minutes old', noticeOf('TRANSACTION.SUCCESS', paid, { atMs: nowMs - 301_000 })],
    ['more than five minutes ahead', noticeOf('TRANSACTION.SUCCESS', paid, { atMs: nowMs + 301_000 })],
    ['of another merchant', noticeOf('TRANSACTION.SUCCESS', { ...paid, mchid: '1900000110' })],
    ['of an unknown type', noticeOf('COUPON.USE', paid)],
  ])('%s is refused', (_, event) => {
    expect(readNotice(account, event, nowMs).kind).toBe('Refused')
  })

  it('with one altered byte, without a header, or that probes us is refused', () => {
    const event = noticeOf('TRANSACTION.SUCCESS', paid)
    expect(readNotice(account, { ...event, body: event.body.replace('"n"', '"m"') }, nowMs).kind).toBe('Refused')
    for (const name of Object.keys(event.headers)) {
      expect(readNotice(account, { ...event, headers: { ...event.headers, [name]: '' } }, nowMs).kind).toBe('Refused')
    }
    const probe = { ...event.headers, 'Wechatpay-Signature': `WECHATPAY/SIGNTEST/${event.headers['Wechatpay-Signature']}` }
    expect(readNotice(account, { ...event, headers: probe }, nowMs).kind).toBe('Refused')
  })

  it('that was signed but encrypted with another key is refused, and says so', () => {
    const other = open({ PAY_API_V3_KEY: 'B key of exactly thirty-two byte' })
    expect(readNotice(other, noticeOf('TRANSACTION.SUCCESS', paid), nowMs)).toMatchObject({ because: expect.stringContaining('APIv3 key') as string })
  })
})

/** A server that signs as WeChat Pay and answers every question with one text. */
async function answering(status: number, body: string, key = wechat.privateKey) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    const timestamp = String(Math.floor(Date.now() / 1000))
    const signature = sign('sha256', Buffer.from(`${timestamp}\nnonce\n${body}\n`), key).toString('base64')
    response.writeHead(status, {
      'wechatpay-timestamp': timestamp, 'wechatpay-nonce': 'nonce', 'wechatpay-signature': signature, 'wechatpay-serial': serial,
    }).end(body)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const gateway = openPayV3({ ...account, baseUrl: `http://127.0.0.1:${port}` }, { hex: bytes => 'a'.repeat(bytes * 2) })
  return { asked, gateway, close: () => new Promise(resolve => server.close(resolve)) }
}

describe('A refund, asked for by its number', () => {
  const outRefundNo = 'Rorder_1_2'
  const told = (status: string, number = outRefundNo) =>
    JSON.stringify({ out_refund_no: number, status, amount: { refund: 100, total: 300 } })

  async function ask(...answer: Parameters<typeof answering>) {
    const { asked, gateway, close } = await answering(...answer)
    const fact = await gateway.queryRefund(outRefundNo, 'order_1')
    await close()
    expect(asked).toEqual([`GET /v3/refund/domestic/refunds/${outRefundNo}`])
    return fact
  }

  it.each([
    ['SUCCESS', 'Succeeded'], ['PROCESSING', 'Processing'], ['ABNORMAL', 'Abnormal'], ['CLOSED', 'Closed'],
    ['NEWLY_INVENTED', 'Unclear'],
  ])('that stands at %s is %s', async (status, kind) => {
    expect(await ask(200, told(status))).toMatchObject({ kind })
  })

  it('that WeChat does not know is unknown, and no other refusal is', async () => {
    expect(await ask(404, '{"code":"RESOURCE_NOT_EXISTS","message":"退款单不存在"}')).toEqual({ kind: 'Unknown' })
    expect(await ask(404, '{"code":"MCH_NOT_EXISTS","message":"商户号不存在"}')).toMatchObject({ kind: 'Unclear' })
    expect(await ask(500, '{"code":"SYSTEM_ERROR","message":"系统错误"}')).toMatchObject({ kind: 'Unclear' })
  })

  it('is not believed from a stranger, nor under another number', async () => {
    expect(await ask(200, told('SUCCESS'), merchant.privateKey)).toMatchObject({ kind: 'Unclear' })
    expect(await ask(200, told('SUCCESS', 'Rorder_1_1'))).toMatchObject({ kind: 'Unclear' })
  })
})

describe('A bill', () => {
  const ticket = (hash: string, url = 'https://elsewhere.example/v3/billdownload/file?token=t') =>
    JSON.stringify({ hash_type: 'SHA1', hash_value: hash, download_url: url })

  async function ask(...answer: Parameters<typeof answering>) {
    const { asked, gateway, close } = await answering(...answer)
    const bill = await gateway.bill('20260301')
    await close()
    return { asked, bill }
  }

  it('whose file is not what the signed answer said is not believed, and is fetched from nowhere but WeChat Pay', async () => {
    const { asked, bill } = await ask(200, ticket('0'.repeat(40)))
    expect(bill).toMatchObject({ kind: 'Unclear', because: expect.stringContaining('has the hash') as string })
    expect(asked).toEqual(['GET /v3/bill/tradebill?bill_date=2026-03-01&bill_type=ALL&tar_type=GZIP', 'GET /v3/billdownload/file?token=t'])
  })

  it('that a stranger offers, or that has no hash, is not even fetched', async () => {
    for (const answer of [() => ask(200, ticket('0'.repeat(40)), merchant.privateKey), () => ask(200, '{"download_url":"https://a"}')]) {
      const { asked, bill } = await answer()
      expect(bill).toMatchObject({ kind: 'Unclear' })
      expect(asked).toHaveLength(1)
    }
  })

  it('that is not there yet, or never will be, is told apart from a failure', async () => {
    const kinds = { STATEMENT_CREATING: 'NotReady', NO_STATEMENT_EXIST: 'NoBill', SYSTEM_ERROR: 'Unclear' }
    for (const [code, kind] of Object.entries(kinds)) {
      expect((await ask(400, JSON.stringify({ code, message: '' }))).bill).toMatchObject({ kind })
    }
  })
})

it('A resource without additional data is decrypted as well', () => {
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from('twelve bytes'))
  const bytes = Buffer.concat([cipher.update('{}'), cipher.final(), cipher.getAuthTag()])
  expect(decryptResource(account, { ciphertext: bytes.toString('base64'), nonce: 'twelve bytes' })).toBe('{}')
  expect(findForgery(account, () => null, '', nowMs)).toBe('a signature header is missing')
})
