import { rmSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openTestShop } from '../support/localShop.ts'
import { openPayV3Shop } from '../support/payV3.ts'
import { member } from './support.ts'

it('the check of a sound shop finds nothing; a lost store and goods that cloudPay is forbidden for are found', async () => {
  const shop = await openTestShop()
  const owner = await member(shop, 'o-owner')
  expect(await owner.merchant('attention', { check: true })).toMatchObject({ ok: true, value: { check: { findings: [], gateway: 'cloudpay' } } })
  const { _id, ...product } = (await shop.admin.read<{ _id: string, name: unknown }>('products', 'clay-teapot'))!
  await shop.admin.set('products', 'clay-teapot', { ...product, name: { zh: '翡翠手镯', en: 'Jade bangle' } })
  await shop.admin.remove('stores', 'main')
  expect(await owner.merchant('attention', { check: true, place: true })).toMatchObject({
    ok: true, value: { workplace: null, check: { gateway: 'cloudpay', findings: [{ kind: 'StoreMissing', detail: 'main' }, { kind: 'CloudPayForbidden', detail: '翡翠手镯' }] } },
  })
  await shop.close()
})

it('the check is made for the owner who asks for it, and for nobody else', async () => {
  const shop = await openTestShop()
  const [owner, clerk] = [await member(shop, 'o-owner'), await member(shop, 'o-clerk')]
  expect(await owner.merchant('attention', {})).toMatchObject({ ok: true, value: { check: null } })
  expect(await clerk.merchant('attention', { check: true })).toMatchObject({ ok: true, value: { check: null, mayDecide: false } })
  await shop.close()
})

it('the check finds keys that are missing or no keys, and repeats none of them', async () => {
  const sound = await openPayV3Shop('publicKey')
  expect(await (await member(sound, 'o-owner')).merchant('attention', { check: true })).toMatchObject({ ok: true, value: { check: { findings: [], gateway: 'wechat-v3' } } })
  await sound.stop()
  const wrong = { PAY_MCH_PRIVATE_KEY: 'not a key', PAY_API_V3_KEY: 'too short', PAY_NOTIFY_URL: 'http://shop.example/x' }
  for (const [name, value] of Object.entries(wrong)) {
    const shop = await openTestShop({ dataDir: sound.dataDir, variables: { ...sound.environment, [name]: value } })
    const outcome = await shop.as('o-owner').merchant('attention', { check: true })
    expect(outcome).toMatchObject({ ok: true, value: { check: { findings: [{ kind: 'GatewayNotReady', detail: expect.stringContaining(name) as string }] } } })
    expect(JSON.stringify(outcome)).not.toContain(value)
    await shop.emulator.close()
  }
  rmSync(sound.dataDir, { recursive: true, force: true })
}, 60_000)
