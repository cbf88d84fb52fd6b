import { billAge, billDay } from '../bills/billDay.ts'
import type { BillDay } from '../bills/billDay.ts'
import { fundFlowBill } from '../bills/fundFlowBill.ts'
import { tradeBill, tradeBillTypes } from '../bills/tradeBill.ts'
import type { V3Books, V3Call, V3Reply } from './books.ts'
import { refusals, V3Error, wrongField } from './errors.ts'

const accounts = ['BASIC', 'OPERATION', 'FEES'] as const

/** `GET /v3/bill/tradebill`: where the trade bill of a day can be fetched, and the hash that it must have. */
export function askTradeBill(books: V3Books, { query, origin }: V3Call): V3Reply {
  const day = readDay(query, books.nowMs())
  const type = readChoice(query, 'bill_type', tradeBillTypes)
  const owner = {
    gateway: 'v3', appid: books.app.appid, merchantId: books.app.merchantId, subMerchantId: '0', feeBasisPoints: books.feeBasisPoints,
    openidOf: ({ openid }: { openid: string }) => openid,
  } as const
  return ticket(books, tradeBill(books.ledger, owner, day, type), query, origin)
}

/** `GET /v3/bill/fundflowbill`. All money of this merchant is in the account BASIC. */
export function askFundFlowBill(books: V3Books, { query, origin }: V3Call): V3Reply {
  const day = readDay(query, books.nowMs())
  const account = readChoice(query, 'account_type', accounts)
  const owner = { gateway: 'v3', merchantId: books.app.merchantId, feeBasisPoints: books.feeBasisPoints } as const
  return ticket(books, account === 'BASIC' ? fundFlowBill(books.ledger, owner, day) : null, query, origin)
}

/** The download address itself. Its reply is not signed: the merchant checks the hash instead. */
export function fetchBill({ billFiles }: V3Books, { query }: V3Call): V3Reply {
  const file = billFiles.fetch(query.get('token') ?? '')
  if (!file) throw new V3Error(400, 'INVALID_REQUEST', '账单下载地址无效或已过期，请重新申请账单')
  return { status: 200, file }
}

function ticket({ billFiles }: V3Books, bill: string | null, query: URLSearchParams, origin: string): V3Reply {
  const isPacked = readTarType(query)
  if (bill === null) throw refusals.noBill()
  return { status: 200, body: billFiles.keep(bill, isPacked, origin) }
}

function readDay(query: URLSearchParams, nowMs: number): BillDay {
  const given = query.get('bill_date')
  const day = given !== null && /^\d{4}-\d\d-\d\d$/.test(given) ? billDay(given.replaceAll('-', '')) : null
  if (!day) throw wrongField('query', 'bill_date', '账单日期bill_date格式错误，应为yyyy-MM-DD', given)
  const age = billAge(day, nowMs)
  if (age === 'CREATING') throw refusals.billCreating()
  if (age !== 'READY') throw new V3Error(400, 'INVALID_REQUEST', '账单日期bill_date仅支持三个月内的账单')
  return day
}

function readChoice<Choice extends string>(query: URLSearchParams, name: string, choices: readonly Choice[]): Choice {
  const given = query.get(name) ?? choices[0]
  const choice = choices.find(one => one === given)
  if (!choice) throw wrongField('query', name, `${name}只能是${choices.join('、')}`, given)
  return choice
}

function readTarType(query: URLSearchParams): boolean {
  const given = query.get('tar_type')
  if (given !== null && given !== 'GZIP') throw wrongField('query', 'tar_type', 'tar_type只能是GZIP', given)
  return given === 'GZIP'
}
