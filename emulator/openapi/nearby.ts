import { randomInt } from 'node:crypto'
import type { SqliteFile } from '../sqliteFile.ts'
import { done, refuse } from './answers.ts'
import type { Given, JsonAnswer } from './answers.ts'
import type { OpenInterface } from './registry.ts'

const mostPlaces = 10
const auditMs = 10 * 60_000
const mostRows = 1000
const required = ['pic_list', 'store_name', 'hour', 'credential', 'address', 'company_name']

const audit = { underWay: 3, passed: 5 }

interface Place {
  poiId: string
  auditId: string
  storeName: string
  address: string
  credential: string
  submittedAtMs: number
  isShown: number
}

/** The table behind Nearby. */
export const nearbyTables = `
  CREATE TABLE IF NOT EXISTS nearbyPlaces (
    poiId TEXT PRIMARY KEY, auditId TEXT NOT NULL, storeName TEXT NOT NULL, address TEXT NOT NULL, credential TEXT NOT NULL,
    submittedAtMs INTEGER NOT NULL, isShown INTEGER NOT NULL
  );
`

/** `nearbyPoi.*`: the stores of the mini program on the map. A place is audited for a while, and shown when it has passed. */
export class Nearby {
  constructor(private readonly tables: SqliteFile, private readonly nowMs: () => number) {}

  interfaces(): OpenInterface[] {
    return [
      { name: 'nearbyPoi.add', paths: ['/wxa/addnearbypoi'], answer: given => this.add(given) },
      { name: 'nearbyPoi.delete', paths: ['/wxa/delnearbypoi'], answer: given => this.remove(given) },
      { name: 'nearbyPoi.getList', paths: ['/wxa/getnearbypoilist'], methods: ['POST', 'GET'], answer: given => this.list(given) },
      { name: 'nearbyPoi.setShowStatus', paths: ['/wxa/setnearbypoishowstatus'], answer: given => this.show(given) },
    ]
  }

  private add(given: Given): JsonAnswer {
    if (!required.every(name => typeof given[name] === 'string' && given[name] !== '') || !hasPictures(given.pic_list)) return refuse(20002, 'invalid args')
    const known = given.poi_id === undefined || given.poi_id === '' ? undefined : this.find(given.poi_id)
    if (given.poi_id && !known) return refuse(93010, '地点不存在')
    if (known && !this.hasPassed(known)) return refuse(92005, '地点正在审核中')
    const [storeName, address, credential] = [String(given.store_name), String(given.address), String(given.credential)]
    const places = this.places()
    if (places.some(place => place.poiId !== known?.poiId && place.credential === credential && place.address === address)) {
      return refuse(92000, '该经营资质已添加，请勿重复添加')
    }
    if (!known && places.length >= mostPlaces) return refuse(92002, '附近地点添加数量达到上线，无法继续添加')
    const place = this.keep({ poiId: known?.poiId ?? newNumber(), auditId: newNumber(), storeName, address, credential })
    return done({ data: { audit_id: place.auditId, poi_id: place.poiId, related_credential: credential } })
  }

  private keep(place: Omit<Place, 'submittedAtMs' | 'isShown'>): Place {
    const kept: Place = { ...place, submittedAtMs: this.nowMs(), isShown: 1 }
    this.tables.atomically(() => {
      this.tables.run('DELETE FROM nearbyPlaces WHERE poiId = ?', kept.poiId)
      this.tables.insert('nearbyPlaces', { ...kept })
    })
    return kept
  }

  private remove({ poi_id: poiId }: Given): JsonAnswer {
    if (!this.find(poiId)) return refuse(93010, '地点不存在')
    this.tables.run('DELETE FROM nearbyPlaces WHERE poiId = ?', String(poiId))
    return done()
  }

  private list({ page, page_rows: rows }: Given): JsonAnswer {
    const [first, count] = [Number(page), Number(rows)]
    if (!Number.isInteger(first) || first < 1 || !Number.isInteger(count) || count < 1 || count > mostRows) return refuse(20002, 'invalid args')
    const places = this.places()
    const shown = places.slice((first - 1) * count, first * count).map(place => ({
      poi_id: place.poiId,
      qualification_address: place.address,
      qualification_num: place.credential,
      audit_status: this.hasPassed(place) ? audit.passed : audit.underWay,
      display_status: this.hasPassed(place) ? place.isShown : 0,
      refuse_reason: '',
    }))
    // WeChat sends the list as a text within the JSON.
    const data = JSON.stringify({ poi_list: shown })
    return done({ data: { left_apply_num: mostPlaces - places.length, max_apply_num: mostPlaces, data } })
  }

  private show({ poi_id: poiId, status }: Given): JsonAnswer {
    const place = this.find(poiId)
    if (status !== 0 && status !== 1) return refuse(20002, 'invalid args')
    if (!place) return refuse(93010, '地点不存在')
    if (!this.hasPassed(place)) return refuse(92005, '地点正在审核中')
    if (place.isShown === status) return status === 1 ? refuse(92006, '地点正在展示小程序') : refuse(92008, '程序未展示在该地点')
    this.tables.update('nearbyPlaces', 'poiId', place.poiId, { isShown: status })
    return done()
  }

  private hasPassed({ submittedAtMs }: Place): boolean {
    return this.nowMs() - submittedAtMs >= auditMs
  }

  private find(poiId: unknown): Place | undefined {
    return this.places().find(place => place.poiId === String(poiId))
  }

  private places(): Place[] {
    return this.tables.all<Place>('SELECT * FROM nearbyPlaces ORDER BY submittedAtMs, poiId')
  }
}

/** `pic_list` is a JSON text, `{"list": ["https://…"]}`, with one to nine pictures. */
function hasPictures(text: unknown): boolean {
  try {
    const { list } = JSON.parse(String(text)) as { list?: unknown }
    return Array.isArray(list) && list.length >= 1 && list.length <= 9
  } catch {
    return false
  }
}

function newNumber(): string {
  return String(randomInt(100_000_000, 999_999_999))
}
