/** Places of the local map, in steps of a thousandth of a degree (about 100 m) from where one looks. */
export const localPlaces = [
  { name: '运河文化广场', address: '浙江省杭州市拱墅区桥弄街 1 号', north: 4, east: 3 },
  { name: '小河直街', address: '浙江省杭州市拱墅区小河路 488 号', north: 9, east: -6 },
  { name: '大关小区', address: '浙江省杭州市拱墅区大关路 100 号', north: -12, east: 14 },
  { name: '浙江大学西溪校区', address: '浙江省杭州市西湖区天目山路 148 号', north: -42, east: 6 },
  { name: '西湖断桥', address: '浙江省杭州市西湖区北山街', north: -57, east: 14 },
  { name: '萧山机场', address: '浙江省杭州市萧山区迎宾大道', north: -81, east: 300 },
] as const

/** Where the local WeChat is, unless a tab says otherwise. */
export const usualPlace = { latitude: 30.3188, longitude: 120.1392 }

/** A place of the local map as WeChat's map would hand it over, seen from there. */
export function placeNear(from: { latitude: number, longitude: number }, { name, address, north, east }: typeof localPlaces[number]) {
  return { name, address, latitude: from.latitude + north / 1000, longitude: from.longitude + east / 1000 }
}
