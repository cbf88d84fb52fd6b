import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sdks, startOpenApiEmulator } from './openapiHarness.ts'
import type { OpenApiEmulator } from './openapiHarness.ts'

const auditMs = 10 * 60_000

interface PlaceReply {
  errCode: number
  data: { poiId: string, auditId: string, relatedCredential: string }
}

let emulator: OpenApiEmulator

beforeEach(async () => {
  emulator = await startOpenApiEmulator()
})
afterEach(() => emulator.dispose())

const place = {
  isCommNearby: '1', picList: '{"list":["https://shop.example/a.jpg"]}', storeName: '小铺', hour: '08:00-20:00', credential: '156718193518281',
  address: '新港中路 123 号', companyName: '小铺有限公司',
}
const add = async (change: object = {}) => await emulator.open('nearbyPoi.add', { ...place, ...change }) as unknown as PlaceReply
const show = async (poiId: string, status: number) => (await emulator.open('nearbyPoi.setShowStatus', { poiId, status })).errCode
const list = async (functionName = 'open-api') => {
  const { data } = await emulator.open('nearbyPoi.getList', { page: 1, pageRows: 20 }, { functionName })
  const { leftApplyNum, data: text } = data as { leftApplyNum: number, data: string }
  return { leftApplyNum, places: (JSON.parse(text) as { poi_list: Record<string, unknown>[] }).poi_list }
}

describe.each(sdks)('A place nearby through $sdk', ({ functionName }) => {
  it('is audited for a while, then shown, and can be hidden', async () => {
    const { data: { poiId, relatedCredential } } = await add()
    expect(relatedCredential).toBe(place.credential)
    expect(await list(functionName)).toMatchObject({ leftApplyNum: 9, places: [{ poi_id: poiId, audit_status: 3, display_status: 0 }] })
    expect(await show(poiId, 1)).toBe(92005)
    await emulator.wait(auditMs)
    expect((await list(functionName)).places).toMatchObject([{ audit_status: 5, display_status: 1 }])
    expect([await show(poiId, 1), await show(poiId, 0), await show(poiId, 0)]).toEqual([92006, 0, 92008])
    expect((await list(functionName)).places).toMatchObject([{ display_status: 0 }])
  })
})

describe('A place nearby', () => {
  it('needs its papers, and is added once', async () => {
    for (const change of [{ storeName: '' }, { credential: undefined }, { picList: 'none' }, { picList: '{"list":[]}' }]) {
      expect(await add(change)).toMatchObject({ errCode: 20002 })
    }
    await add()
    expect(await add()).toMatchObject({ errCode: 92000 })
  })

  it('can be changed after its audit and taken away', async () => {
    const { data: { poiId } } = await add()
    expect(await add({ poiId, storeName: '大铺' })).toMatchObject({ errCode: 92005 })
    await emulator.wait(auditMs)
    expect(await add({ poiId, storeName: '大铺' })).toMatchObject({ errCode: 0, data: { poiId } })
    expect((await list()).places).toMatchObject([{ audit_status: 3 }])
    expect(await emulator.https('/wxa/delnearbypoi', { poi_id: poiId })).toMatchObject({ errcode: 0 })
    expect(await emulator.open('nearbyPoi.delete', { poiId })).toMatchObject({ errCode: 93010 })
    expect((await list()).places).toEqual([])
  })

  it('is one of ten', async () => {
    for (let number = 0; number < 10; number += 1) expect((await add({ address: `第 ${number} 号` })).errCode).toBe(0)
    expect(await add({ address: '另一号' })).toMatchObject({ errCode: 92002 })
  })
})
