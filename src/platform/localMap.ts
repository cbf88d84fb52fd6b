import { readLanguage } from './language'
import { openLocalSheet } from './localSheet'
import type { ChosenPlace } from './surroundings'

/** Places of the local map, in steps of a thousandth of a degree (about 100 m) from where one looks. */
const places: { name: string, address: string, north: number, east: number }[] = [
  { name: '运河文化广场', address: '浙江省杭州市拱墅区桥弄街 1 号', north: 4, east: 3 },
  { name: '小河直街', address: '浙江省杭州市拱墅区小河路 488 号', north: 9, east: -6 },
  { name: '大关小区', address: '浙江省杭州市拱墅区大关路 100 号', north: -12, east: 14 },
  { name: '浙江大学西溪校区', address: '浙江省杭州市西湖区天目山路 148 号', north: -42, east: 6 },
  { name: '西湖断桥', address: '浙江省杭州市西湖区北山街', north: -57, east: 14 },
  { name: '萧山机场', address: '浙江省杭州市萧山区迎宾大道', north: -81, east: 300 },
]

/** A sheet with a few places instead of WeChat's map, which is not to be had without network and key. Null when it is left. */
export function chooseLocalPlace(near: { latitude: number, longitude: number }): Promise<ChosenPlace | null> {
  const title = readLanguage() === 'zh' ? '在地图上选一个位置' : 'Choose a place on the map'
  return openLocalSheet('local-map', title, places.map(({ name, address, north, east }) => ({
    text: name,
    hint: address,
    value: { name, address, latitude: near.latitude + north / 1000, longitude: near.longitude + east / 1000 },
  })))
}
