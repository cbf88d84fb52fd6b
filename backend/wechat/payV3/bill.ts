import { createHash } from 'node:crypto'
import type { BillAnswer } from '../../ports.ts'
import { unpackBill } from '../billFile.ts'
import type { PayV3Account } from './account.ts'
import { callPayV3, downloadPayV3 } from './client.ts'
import type { Chance } from './client.ts'

/**
 * Asks where the bill of a day is, fetches it, and compares it with the hash of the first, signed answer: the file itself
 * bears no signature. Source: API v3, 申请交易账单 and 下载账单.
 */
export async function fetchBill(account: PayV3Account, random: Chance, day: string): Promise<BillAnswer> {
  const date = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`
  const reply = await callPayV3(account, random, { method: 'GET', path: `/v3/bill/tradebill?bill_date=${date}&bill_type=ALL&tar_type=GZIP` })
  if (!reply.ok) {
    if (reply.code === 'NO_STATEMENT_EXIST') return { kind: 'NoBill' }
    if (reply.code === 'STATEMENT_CREATING') return { kind: 'NotReady' }
    return { kind: 'Unclear', because: `${reply.code}: ${reply.because}` }
  }
  const { hash_type: hashType, hash_value: hash, download_url: url } = reply.body
  if (hashType !== 'SHA1' || typeof hash !== 'string' || typeof url !== 'string') return { kind: 'Unclear', because: 'the answer names no file' }
  return readFile(account, random, url, hash)
}

async function readFile(account: PayV3Account, random: Chance, url: string, hash: string): Promise<BillAnswer> {
  try {
    // Our signature goes to the address that we are set up with, whatever host an answer names.
    const { pathname, search } = new URL(url)
    const bill = unpackBill(await downloadPayV3(account, random, pathname + search))
    const found = createHash('sha1').update(bill).digest('hex')
    if (found !== hash.toLowerCase()) return { kind: 'Unclear', because: `the file has the hash ${found}, not ${hash}` }
    return { kind: 'Bill', text: bill.toString('utf8') }
  } catch (error) {
    return { kind: 'Unclear', because: `the file could not be read: ${String(error)}` }
  }
}
