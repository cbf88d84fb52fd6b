import { rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openTestShop } from '../support/localShop.ts'
import type { TestShop } from '../support/localShop.ts'
import { writeFixture } from './fixture.ts'
import { openPhone } from './phone.ts'
import type { Phone } from './phone.ts'

/** A page that uses what the shop's pages may use, and writes down what it hears. */
const page = {
  'app.json': JSON.stringify({
    pages: ['pages/first/first'], requiredPrivateInfos: ['getLocation', 'chooseLocation', 'chooseAddress'], window: {},
  }),
  'pages/first/first.json': '{}',
  'pages/first/first.wxml': `<page-meta page-style="--text-scale: {{scale}}; color: rgb(1, 2, 3)"/>
    <text class="log">{{log}}</text>
    <view style="height: calc(40px * var(--text-scale))" class="tall" bindtap="grow">grow</view>
    <picker mode="region" bindchange="heard" bindcancel="cancelled"><view>region</view></picker>
    <picker mode="selector" range="{{units}}" range-key="name" bindchange="heard"><view>unit</view></picker>
    <picker mode="multiSelector" range="{{slots}}" bindchange="heard" bindcolumnchange="turned"><view>slot</view></picker>
    <picker mode="time" start="09:00" end="21:30" value="10:00" bindchange="heard"><view>time</view></picker>
    <checkbox-group bindchange="heard"><label><checkbox value="a"/>take a</label><label><checkbox value="b" checked/>take b</label></checkbox-group>
    <radio-group bindchange="heard"><label><radio value="x" checked/>take x</label><label><radio value="y"/>take y</label></radio-group>
    <slider max="10" bindchange="heard"/>
    <picker-view value="{{[1]}}" bindchange="heard" style="height: 90px"><picker-view-column><view wx:for="{{units}}" wx:key="name" style="height: 30px">{{item.name}}</view></picker-view-column></picker-view>
    <form bindsubmit="heard"><input name="title" value="tea"/><switch name="isOpen" checked/><button form-type="submit">send form</button></form>
    <rich-text nodes="{{words}}"/>
    <map latitude="31.23" longitude="121.47" markers="{{markers}}" bindmarkertap="heard"/>
    <button open-type="share" id="card">share it</button>
    <button open-type="getPhoneNumber" bindgetphonenumber="heard">my number</button>
    <view wx:for="{{apis}}" wx:key="*this" data-name="{{item}}" bindtap="call">{{item}}</view>
    <image wx:if="{{photo}}" src="{{photo}}"/>`,
  'pages/first/first.js': `Component({
    data: {
      log: '', scale: 1, photo: '', units: [{ name: 'gram' }, { name: 'piece' }], slots: [['today', 'tomorrow'], ['10:00', '11:00']],
      words: '<p onclick="x()">plain <b>bold</b></p><script>window.hacked = true</script>',
      markers: [{ id: 7, latitude: 31.2301, longitude: 121.4702, title: 'The shop' }],
      apis: ['chooseAddress', 'chooseLocation', 'getLocation', 'getFuzzyLocation', 'openLocation', 'scanCode', 'makePhoneCall',
        'setClipboardData', 'getNetworkType', 'chooseMedia', 'previewImage'],
    },
    methods: {
      onLoad() { wx.onNetworkStatusChange(status => this.note('network ' + status.isConnected)) },
      note(text) { this.setData({ log: text }) },
      heard({ detail }) { this.note(JSON.stringify(detail)) },
      cancelled() { this.note('cancelled') },
      turned({ detail }) { this.note(JSON.stringify(detail)) },
      grow() { this.setData({ scale: 2 }) },
      onShareAppMessage({ from }) { return { title: 'Tea from ' + from, path: '/pages/first/first' } },
      call({ currentTarget }) {
        const name = currentTarget.dataset.name
        const options = { latitude: 31.2, longitude: 121.4, phoneNumber: '021-123', data: 'A012', count: 1, urls: ['https://a/b.png'] }
        if (name === 'previewImage') options.urls = [this.data.photo]
        wx[name]({ ...options,
          success: answer => name === 'chooseMedia' ? this.upload(answer.tempFiles[0].tempFilePath) : this.note(name + ' ' + JSON.stringify(answer)),
          fail: ({ errMsg }) => this.note(errMsg),
        })
      },
      upload(filePath) {
        wx.cloud.init()
        this.setData({ photo: filePath })
        wx.cloud.uploadFile({ cloudPath: 'reviews/one.png', filePath, success: ({ fileID }) => this.note(fileID), fail: ({ errMsg }) => this.note(errMsg) })
      },
    },
  })`,
}

const buildDir = writeFixture(page)
let shop: TestShop
let phone: Phone

beforeAll(async () => {
  shop = await openTestShop({ storageRules: [{ prefix: 'reviews/', read: 'public', write: 'user' }] })
  phone = await openPhone({ buildDir, cloudUrl: shop.url, person: 'alice' })
})
afterAll(async () => {
  await phone.close()
  await shop.close()
  rmSync(buildDir, { recursive: true })
})
afterEach(() => expect(phone.problems()).toEqual([]))

const log = () => phone.screen.locator('.log').innerText()
const says = (text: string) => phone.until(text, async () => (await log()).includes(text))

describe('built-in components', () => {
  it('take a region from WeChat\'s own list, or leave it', async () => {
    await phone.tap('region')
    await phone.pick('广东省', '深圳市', '南山区')
    await says('"value":["广东省","深圳市","南山区"],"code":["440000","440300","440305"]')
    await phone.tap('region')
    await phone.tap('取消')
    await says('cancelled')
  })

  it('take one of a list, one of each of several, and a time between two ends', async () => {
    await phone.tap('unit')
    await phone.pick('piece')
    await says('{"value":"1"}')
    await phone.tap('slot')
    await phone.pick('tomorrow', '11:00')
    await says('{"value":[1,1]}')
    await phone.tap('time')
    await phone.pick('21', '45')
    await says('{"value":"21:30"}')
  })

  it('take several, one, a number, and an entry of a wheel', async () => {
    await phone.tap('take a')
    await says('{"value":["a","b"]}')
    await phone.tap('take y')
    await says('{"value":"y"}')
    await phone.screen.locator('wx-slider input').fill('4')
    await says('{"value":4}')
    await phone.tap('gram')
    await says('{"value":[0]}')
  })

  it('send a form with what its named fields hold', async () => {
    await phone.tap('send form')
    await says('{"value":{"title":"tea","isOpen":true}')
  })

  it('draw rich text without what could run, and a map with its markers', async () => {
    const words = await phone.screen.locator('wx-rich-text').evaluate(text => text.shadowRoot?.innerHTML)
    expect(words).toBe('<p>plain <b>bold</b></p>')
    await phone.tap('📍The shop')
    await says('{"markerId":7}')
  })

  it('let a page say how large its text is', async () => {
    await phone.tap('grow')
    await phone.until('a taller row', async () => await phone.screen.locator('.tall').evaluate(row => row.clientHeight) === 80)
    expect(await phone.screen.locator('.log').evaluate(text => getComputedStyle(text).color)).toBe('rgb(1, 2, 3)')
  })

  it('are no use where WeChat does not take them', async () => {
    const { readBuild } = await import('./compile/readBuild.ts')
    const folder = writeFixture({ 'pages/second/second.wxml': '<view/><page-meta/>' })
    expect(() => readBuild(folder)).toThrow('not the first thing of a page')
    rmSync(folder, { recursive: true })
  })
})

describe('what WeChat asks and opens', () => {
  it('answers as a willing person, or as the test says', async () => {
    await phone.tap('chooseAddress')
    await says('"provinceName":"上海市"')
    await phone.will('chooseLocation', { fail: 'cancel' })
    await phone.tap('chooseLocation')
    await says('chooseLocation:fail cancel')
    await phone.tap('chooseLocation')
    await says('chooseLocation {"errMsg":"chooseLocation:ok","name":"人民公园"')
    await phone.will('getLocation', { fail: 'auth deny' })
    await phone.tap('getLocation')
    await says('getLocation:fail auth deny')
    await phone.tap('scanCode')
    await says('scanCode:fail cancel')
    await phone.will('scanCode', { value: { path: 'pages/menu/menu?scene=k7Qm2ZxA' } })
    await phone.tap('scanCode')
    await says('pages/menu/menu?scene=k7Qm2ZxA')
  })

  it('refuses an interface that app.json does not declare', async () => {
    await phone.tap('getFuzzyLocation')
    await says('need to be declared in the requiredPrivateInfos field')
  })

  it('writes down what left the mini program', async () => {
    for (const api of ['openLocation', 'makePhoneCall', 'setClipboardData']) {
      await phone.tap(api)
      await says(`${api}:ok`)
    }
    expect(await phone.deeds('makePhoneCall')).toEqual([{ api: 'makePhoneCall', options: { phoneNumber: '021-123' } }])
    expect(await phone.deeds('setClipboardData')).toEqual([{ api: 'setClipboardData', options: { data: 'A012' } }])
  })

  it('takes a picture, uploads it into the cloud, and shows it large', async () => {
    await phone.tap('chooseMedia')
    await says('cloud://')
    const { status } = await fetch(`${shop.url}/cos/reviews/one.png`)
    expect(status).toBe(200)
    await phone.tap('previewImage')
    await phone.see('[title="previewImage"]')
    await phone.tap('[title="previewImage"]')
  })

  it('shares by the menu and by a button, and gives the phone number\'s code', async () => {
    expect(await phone.share()).toEqual({ title: 'Tea from menu', path: '/pages/first/first' })
    await phone.tap('share it')
    await phone.until('a card', async () => (await phone.deeds('share')).length === 1)
    expect(await phone.deeds('share')).toEqual([{ api: 'share', options: { title: 'Tea from button', path: '/pages/first/first' } }])
    await phone.tap('my number')
    await says('"errMsg":"getPhoneNumber:ok"')
    expect(await log()).toContain('"code"')
  })

  it('loses the network and finds it again', async () => {
    await phone.setOffline(true)
    await says('network false')
    await phone.tap('getNetworkType')
    await says('"networkType":"none"')
    await phone.setOffline(false)
    await says('network true')
  })
})
