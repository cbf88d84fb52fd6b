import { mkdtemp, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Aes, Formatter, Rsa, Wechatpay } from 'wechatpay-axios-plugin'
import type { EmulatorOptions } from '../../emulator/emulator.ts'
import { openCredentials } from '../../emulator/pay/v3/credentials.ts'
import { prepare } from '../support/prepared.ts'
import { startTestEmulator } from './harness.ts'
import type { TestEmulator } from './harness.ts'

export type Json = Record<string, unknown>

/** What `GET /manage/pay/merchant` tells. */
export interface Merchant {
  appid: string
  mchid: string
  merchantSerial: string
  merchantPrivateKeyFile: string
  apiV3Key: string
  publicKeyId: string
  publicKeyFile: string
  platformSerial: string
  platformCertificateFile: string
}

/** A notice as it came in, and what the independent client's helpers make of it. */
export interface Received {
  headers: IncomingHttpHeaders
  body: string
  isSigned: boolean
  notice: Json
  resource: Json
}

/** A shop that takes payments through API v3: its emulator, an independent client, and the address for its notices. */
export interface V3Shop {
  emulator: TestEmulator
  merchant: Merchant
  privateKey: string
  receiver: Receiver
  /** The calls of a client as anybody would set it up: only its base address is not WeChat's. */
  calls: V3Calls
  /** Never to be returned from an async function: the client answers to every name, `then` too. */
  clientAt(baseURL: string, headers?: Record<string, string>): Wechatpay
  dispose(): Promise<void>
}

/** Keys take a second or two to make, so all shops of a run share them. */
export async function newDataFolder(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'v3-shop-'))
  await prepare('keys', join(dataDir, 'wechatpay'), async (folder) => { await openCredentials(folder, '1900000109', Date.now()) })
  return dataDir
}

export async function openV3Shop(options: Partial<EmulatorOptions> = {}): Promise<V3Shop> {
  const emulator = await startTestEmulator({ refundDelayMs: 1, ...options, dataDir: options.dataDir ?? await newDataFolder() })
  const merchant = await emulator.get<Merchant>('/manage/pay/merchant')
  const privateKey = await readFile(merchant.merchantPrivateKeyFile, 'utf8')
  const certs = await certsOf(merchant, options.paySigning ?? 'publicKey')
  const clientAt = (baseURL: string, headers: Record<string, string> = {}) => new Wechatpay({
    mchid: merchant.mchid, serial: merchant.merchantSerial, privateKey, certs: { ...certs }, baseURL, headers,
  })
  const receiver = await openReceiver(merchant)
  return {
    emulator,
    merchant,
    privateKey,
    receiver,
    calls: callsOf(clientAt(emulator.url), merchant),
    clientAt,
    dispose: async () => {
      await receiver.close()
      await emulator.dispose()
    },
  }
}

async function certsOf(merchant: Merchant, mode: 'publicKey' | 'certificate'): Promise<Record<string, string>> {
  if (mode === 'publicKey') return { [merchant.publicKeyId]: await readFile(merchant.publicKeyFile, 'utf8') }
  return { [merchant.platformSerial]: await readFile(merchant.platformCertificateFile, 'utf8') }
}

/** Takes notices in, verifies them as a careful shop does, and keeps them all. */
export interface Receiver {
  url: string
  received: Received[]
  /** What a notice that is rightly signed is answered. */
  status: number
  /** The notices that were rightly signed and are about this number. */
  about(number: string): Received[]
  close(): Promise<void>
}

async function openReceiver(merchant: Merchant): Promise<Receiver> {
  const certs: Record<string, string> = { ...await certsOf(merchant, 'publicKey'), ...await certsOf(merchant, 'certificate') }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const one = read(request.headers, Buffer.concat(chunks).toString('utf8'), certs, merchant.apiV3Key)
      receiver.received.push(one)
      response.writeHead(one.isSigned ? receiver.status : 401).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`,
    received: [],
    status: 204,
    about: number => receiver.received.filter((one) => {
      return one.isSigned && (one.resource.out_refund_no ?? one.resource.out_trade_no) === number
    }),
    close: () => closeServer(server),
  }
  return receiver
}

function read(headers: IncomingHttpHeaders, body: string, certs: Record<string, string>, apiV3Key: string): Received {
  const header = (name: string) => String(headers[name] ?? '')
  const notice = JSON.parse(body) as Json
  const { ciphertext, nonce, associated_data: aad } = notice.resource as Record<string, string>
  const message = Formatter.response(header('wechatpay-timestamp'), header('wechatpay-nonce'), body)
  const certificate = certs[header('wechatpay-serial')]
  const isFresh = Math.abs(Formatter.timestamp() - Number(header('wechatpay-timestamp'))) <= 300
  return {
    headers,
    body,
    isSigned: isFresh && certificate !== undefined && Rsa.verify(message, header('wechatpay-signature'), Rsa.from(certificate, 'public')),
    notice,
    resource: JSON.parse(Aes.AesGcm.decrypt(ciphertext ?? '', apiV3Key, nonce ?? '', aad)) as Json,
  }
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** How a call of the client ended: its status and its body, also where WeChat Pay refused it. */
export interface Outcome {
  status: number
  data: Json
}

export interface V3Calls {
  place(order: Json): Promise<Outcome>
  query(outTradeNo: string): Promise<Outcome>
  queryById(transactionId: unknown): Promise<Outcome>
  close(outTradeNo: string): Promise<Outcome>
  refund(terms: Json): Promise<Outcome>
  queryRefund(outRefundNo: string): Promise<Outcome>
  retryRefund(refundId: unknown, way: Json, headers?: Json): Promise<Outcome>
  certificates(): Promise<Outcome>
  askBill(kind: 'tradebill' | 'fundflowbill', params: Json): Promise<Outcome>
  /** Downloads a bill from the address that was told. */
  download(address: string): Promise<{ status: number, data: Buffer }>
}

export function callsOf(client: Wechatpay, { mchid }: Merchant): V3Calls {
  const at = (path: string) => client.chain(path)
  const transactions = 'v3/pay/transactions'
  const refunds = 'v3/refund/domestic/refunds'
  return {
    place: order => outcomeOf(at(`${transactions}/jsapi`).post(order)),
    query: no => outcomeOf(at(`${transactions}/out-trade-no/{no}`).get({ params: { mchid }, no })),
    queryById: id => outcomeOf(at(`${transactions}/id/{id}`).get({ params: { mchid }, id })),
    close: no => outcomeOf(at(`${transactions}/out-trade-no/{no}/close`).post({ mchid }, { no })),
    refund: terms => outcomeOf(at(refunds).post(terms)),
    queryRefund: no => outcomeOf(at(`${refunds}/{no}`).get({ no })),
    retryRefund: (id, way, headers = {}) => outcomeOf(at(`${refunds}/{id}/apply-abnormal-refund`).post(way, { id, headers })),
    certificates: () => outcomeOf(at('v3/certificates').get()),
    askBill: (kind, params) => outcomeOf(at(`v3/bill/${kind}`).get({ params })),
    download: address => at('v3/billdownload/file').get<Buffer>({
      params: Object.fromEntries(new URL(address).searchParams), responseType: 'arraybuffer',
    }),
  }
}

async function outcomeOf(call: PromiseLike<Outcome>): Promise<Outcome> {
  try {
    const { status, data } = await call
    return { status, data }
  } catch (error) {
    const { response } = error as { response?: { status: number, data: Json } }
    // A reply that the client does not believe has a response too, of whatever status.
    if (!response || response.status < 400) throw error
    return { status: response.status, data: response.data }
  }
}
