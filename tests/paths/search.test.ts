import { expect, it } from 'vitest'
import { demoCatalog } from '../../demo/seed.ts'
import { nameOf } from './shopping.ts'
import { useStreet } from './street.ts'

/** Who knows what they want, and who does not know yet what is there. */
const street = useStreet()

const hotWords = demoCatalog.store.hotWords!.map(word => word.zh)
const search = { path: 'packages/mall/search/search' }
const typed = async (person: string, text: string) => {
  const phone = await street.phoneOf(person, search)
  await phone.see('.words__word')
  await phone.type('.search__input', text)
  return phone
}

it('a search begins with what others look for, and keeps what was looked for until it is cleared', async () => {
  const ann = await street.phoneOf('ann')
  await ann.tap('搜索')
  await ann.see('.words__word:has-text("雨伞")')
  expect(await ann.texts('.words__word')).toEqual(hotWords)
  await ann.tap('.words__word:has-text("雨伞")')
  await ann.tap(`.goods[aria-label="${nameOf('umbrella')}"]`)
  await ann.see('.head__name')
  await ann.back()
  // The list is where it was left.
  await ann.see(`.goods[aria-label="${nameOf('umbrella')}"]`)
  await ann.type('.search__input', '洗衣机')
  await ann.tap('.search-button')
  await ann.see('.nothing-found:has-text("没有找到“洗衣机”")')
  const proposals = await ann.texts('.goods__name')
  expect(proposals).toHaveLength(6)

  await ann.open(search)
  await ann.read('搜过的')
  expect((await ann.texts('.words__word')).slice(0, 2)).toEqual(['洗衣机', '雨伞'])
  await ann.tap('清除搜索记录')
  await ann.gone('.words__word:has-text("洗衣机")')
  await ann.open(search)
  await ann.see('.words__word:has-text("雨伞")')
  expect(await ann.texts('.words__word')).toEqual(hotWords)
}, 60_000)

it('initials and pinyin are enough: what they mean is proposed while one types, and found in one call each', async () => {
  const ben = await typed('ben', 'zyfw')
  await ben.see('.search__suggestion:has-text("枝叶饭碗")')
  ben.asked()
  await ben.tap('.search__suggestion:has-text("枝叶饭碗")')
  await ben.tap('.goods[aria-label="枝叶饭碗"]')
  await ben.see('.head__name:has-text("枝叶饭碗")')
  expect(ben.asked()).toEqual(['search', 'product'])
  await ben.back()
  await ben.tap('清空输入')
  await ben.type('.search__input', 'yusan')
  await ben.see('.search__suggestion:has-text("长柄雨伞")')
  // What is made at the bar is found as well, and says where.
  await ben.type('.search__input', 'yzgl')
  await ben.see('.search__suggestion:has-text("杨枝甘露"):has-text("点单")')
  await ben.type('.search__input', '没有的东西')
  await ben.gone('.search__suggestion')
}, 60_000)

it('what is proposed where nothing was found can be bought', async () => {
  const cat = await typed('cat', '洗衣机')
  await cat.tap('.search-button')
  await cat.see('.nothing-found')
  const [first] = await cat.texts('.goods__name')
  await cat.tap(`.goods[aria-label="${first}"]`)
  await cat.see(`.head__name:has-text("${first}"), .item-sheet:has-text("${first}")`)
}, 60_000)
