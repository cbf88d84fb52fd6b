import cloud from 'wx-server-sdk'

/**
 * The one place that touches wx-server-sdk's loose types: the shipped declarations lack cloudPay and mistype most results.
 */
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV as unknown as string })

/** Who calls, as the platform says it. Every field may be missing. Source: Cloud.getWXContext. */
export interface WXContext {
  OPENID?: string
  APPID?: string
  /** A chain, joined by commas, when functions call functions: compare the whole. */
  SOURCE?: string
  ENV?: string
  CLIENTIP?: string
}

export const wxContext = (): WXContext => cloud.getWXContext() as WXContext

/** Results of cloudPay never throw on a business failure; `errCode` is always 0 and tells nothing. */
export type PayResult = Record<string, unknown> & { returnCode?: string, resultCode?: string, returnMsg?: string, errCodeDes?: string }

export interface CloudPay {
  unifiedOrder(input: Record<string, unknown>): Promise<PayResult>
  queryOrder(input: Record<string, unknown>): Promise<PayResult>
  closeOrder(input: Record<string, unknown>): Promise<PayResult>
  refund(input: Record<string, unknown>): Promise<PayResult>
  queryRefund(input: Record<string, unknown>): Promise<PayResult>
  /** A bill comes as `data`: bytes where it was asked for packed, else text. */
  downloadBill(input: Record<string, unknown>): Promise<PayResult & { data?: unknown }>
}

export const cloudPay = (): CloudPay => (cloud as unknown as { cloudPay: CloudPay }).cloudPay

/** WeChat's open interfaces by their dotted names. A refusal is thrown, with `errCode` and `errMsg`. Source: Cloud.openapi. */
export async function callOpenApi(name: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  type Node = { [part: string]: Node } & ((given: Record<string, unknown>) => Promise<Record<string, unknown>>)
  const call = name.split('.').reduce((node, part) => node[part]!, (cloud as unknown as { openapi: Node }).openapi)
  return call(input)
}

/** A file of the cloud's own storage. Source: Cloud.downloadFile. */
export async function downloadFile(fileID: string): Promise<Buffer> {
  interface Files { downloadFile(input: { fileID: string }): Promise<{ fileContent: Buffer }> }
  return (await (cloud as unknown as Files).downloadFile({ fileID })).fileContent
}

interface TempFile { fileID: string, tempFileURL: string, status: number }

/** Links to files of the storage, at most 50 at a time. `status` is 0 where there is one. Source: Cloud.getTempFileURL. */
export async function tempFileUrls(fileList: readonly string[]): Promise<TempFile[]> {
  const sdk = cloud as unknown as { getTempFileURL(input: { fileList: readonly string[] }): Promise<{ fileList: TempFile[] }> }
  return (await sdk.getTempFileURL({ fileList })).fileList
}

/** The cloud's database with `doc().get()` answering null, not throwing, for a missing document. */
export const cloudDatabase = (): CloudDatabase =>
  (cloud as unknown as { database(config: { throwOnNotFound: boolean }): CloudDatabase }).database({ throwOnNotFound: false })

/** The part of the SDK's database that we use, with the results it really gives. */
export interface CloudDatabase {
  command: Commands
  collection(name: string): CloudQuery & {
    doc(id: string): CloudDocument
    add(input: { data: unknown }): Promise<{ _id: string }>
  }
  startTransaction(): Promise<CloudTransaction>
}

export interface CloudQuery {
  where(condition: Record<string, unknown>): CloudQuery
  orderBy(field: string, direction: 'asc' | 'desc'): CloudQuery
  limit(count: number): CloudQuery
  get(): Promise<{ data: unknown[] }>
  count(): Promise<{ total: number }>
  update(input: { data: Record<string, unknown> }): Promise<{ stats: { updated: number } }>
}

export interface CloudDocument {
  get(): Promise<{ data: unknown }>
  remove(): Promise<unknown>
  update(input: { data: Record<string, unknown> }): Promise<{ stats: { updated: number } }>
}

export interface CloudTransaction {
  collection(name: string): { doc(id: string): CloudDocument, add(input: { data: unknown }): Promise<{ _id: string }> }
  commit(): Promise<unknown>
  rollback(): Promise<unknown>
}

export interface Commands {
  eq(value: unknown): unknown
  neq(value: unknown): unknown
  lt(value: unknown): unknown
  lte(value: unknown): unknown
  gt(value: unknown): unknown
  gte(value: unknown): unknown
  in(values: unknown[]): unknown
  set(value: unknown): unknown
  inc(by: number): unknown
  push(values: unknown[] | { each: unknown[], slice: number }): unknown
  pull(condition: unknown): unknown
}
