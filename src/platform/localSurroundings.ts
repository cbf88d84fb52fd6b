import { chooseLocalPlace } from './localMap'
import { usualPlace } from './localPlaces'
import { person } from './person'
import type { Surroundings } from './surroundings'

/** What the address says of where one is: `?at=30.31,120.13`, or `?at=nowhere` for somebody who refuses to tell. */
function told(): string | null {
  const named = new URLSearchParams(location.search).get('at')
  if (named !== null) sessionStorage.setItem('at', named)
  return named ?? sessionStorage.getItem('at')
}

/** WeChat's address book, map and invoice titles, as the local run plays them. */
export const localSurroundings: Surroundings = {
  chooseAddress: () => Promise.resolve({
    name: person() === 'alice' ? '爱丽丝' : '王小明', phone: '13800138000', province: '浙江省', city: '杭州市', district: '拱墅区', detail: '小河路 88 号 3 幢 201',
  }),
  choosePlace: near => chooseLocalPlace(near ?? usualPlace),
  whereAmI: () => {
    const at = told()
    if (at === null) return Promise.resolve(usualPlace)
    const [latitude, longitude] = at.split(',').map(Number)
    if (latitude === undefined || longitude === undefined || Number.isNaN(latitude + longitude)) return Promise.resolve(null)
    return Promise.resolve({ latitude, longitude })
  },
  openMap: ({ latitude, longitude, name }) => {
    window.open(`https://uri.amap.com/marker?position=${longitude},${latitude}&name=${encodeURIComponent(name)}`, '_blank', 'noopener')
  },
  chooseInvoiceTitle: () => Promise.resolve({ kind: 'Company', title: '杭州好喝有限公司', taxNumber: '91350100M000100Y43' }),
}
