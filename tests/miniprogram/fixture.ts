import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A mini program written by hand in WeChat's own words, to try the phone itself. */
const files = {
  'app.json': { pages: ['pages/first/first', 'pages/second/second'], window: { navigationBarTitleText: 'Fixture' } },
  'app.js': 'App({})',
  'app.wxss': '.big { font-size: 80rpx } .red { color: rgb(255, 0, 0) }',
  'part/part.json': { component: true },
  'part/part.wxml': '<view class="red big" bindtap="tell">part {{state}}</view>',
  'part/part.wxss': '.big { font-size: 40rpx }',
  'part/part.js': `Component({
    data: { state: 'made' },
    lifetimes: { ready() { this.setData({ state: 'ready' }) } },
    methods: { tell() { this.triggerEvent('told', { by: 'part' }) } },
  })`,
  'pages/first/first.json': { usingComponents: { part: '/part/part' } },
  'pages/first/first.wxml': `
    <view id="outer" bindtap="outer" data-name="outer"><view bindtap="inner">passing</view><view catchtap="caught">catching</view></view>
    <part bindtold="told"/>
    <view bindtap="sendFunction">send a function</view>
    <view bindtap="sendTooMuch">send too much</view>
    <view bindtap="useWindow">use window</view>
    <view bindtap="callUnknown">call unknown</view>
    <view bindtap="go">go</view>
    <text>{{log}}</text>`,
  'pages/first/first.js': `Component({
    data: { log: '' },
    methods: {
      onLoad(query) { this.note('load ' + query.scene) },
      onShow() { this.note('show') },
      onHide() { this.note('hide') },
      note(text) { this.setData({ log: (this.data.log + ' ' + text).trim() }) },
      outer(event) { this.note('outer-' + event.currentTarget.dataset.name) },
      inner() { this.note('inner') },
      caught() { this.note('caught') },
      told(event) { this.note('told-' + event.detail.by) },
      sendFunction() { this.setData({ log: () => 1 }) },
      sendTooMuch() { this.setData({ log: 'x'.repeat(256 * 1024) }) },
      useWindow() { window.alert('no') },
      callUnknown() { wx.openBluetoothAdapter() },
      go() { wx.navigateTo({ url: '../second/second?name=%E8%8C%B6' }) },
    },
  })`,
  'pages/second/second.json': { navigationBarTitleText: 'Second' },
  'pages/second/second.wxml': '<view>got {{name}}</view>',
  'pages/second/second.js': 'Component({ data: { name: "" }, methods: { onLoad(query) { this.setData(query) } } })',
}

/** Writes the fixture to a folder of its own, with some files changed, and answers the folder. */
export function writeFixture(changes: Record<string, string> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'xiaopu-phone-'))
  for (const [name, content] of Object.entries({ ...files, ...changes })) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
}
