import { readLanguage } from './language'
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

const style = {
  mask: 'position:fixed;inset:0;z-index:2000;display:flex;align-items:flex-end;justify-content:center;background:var(--mask)',
  panel: 'width:100%;max-width:430px;max-height:80%;overflow:auto;padding:20px 16px 24px;border-radius:16px 16px 0 0;background:var(--surface);color:var(--text)',
  title: 'margin:0 0 8px;font-size:17px;font-weight:600',
  row: 'display:block;width:100%;min-height:56px;padding:8px 0;border:0;border-top:1px solid var(--hairline);background:none;color:inherit;text-align:left;font-size:15px',
  hint: 'display:block;color:var(--text-3);font-size:12px',
}

function element(tag: string, css: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.style.cssText = css
  made.textContent = text
  return made
}

/** A sheet with a few places instead of WeChat's map, which is not to be had without network and key. Null when it is left. */
export function chooseLocalPlace(near: { latitude: number, longitude: number }): Promise<ChosenPlace | null> {
  const isChinese = readLanguage() === 'zh'
  return new Promise((resolve) => {
    const mask = element('div', style.mask)
    mask.className = 'local-map'
    const panel = element('div', style.panel)
    const close = (place: ChosenPlace | null) => {
      mask.remove()
      resolve(place)
    }
    mask.addEventListener('click', event => event.target === mask && close(null))
    panel.append(element('h2', style.title, isChinese ? '在地图上选一个位置' : 'Choose a place on the map'))
    for (const { name, address, north, east } of places) {
      const row = element('button', style.row, name)
      row.append(element('span', style.hint, address))
      row.addEventListener('click', () => close({ name, address, latitude: near.latitude + north / 1000, longitude: near.longitude + east / 1000 }))
      panel.append(row)
    }
    mask.append(panel)
    document.body.append(mask)
  })
}
