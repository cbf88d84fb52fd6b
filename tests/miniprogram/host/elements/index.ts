import { tagPrefix } from '../../compile/package.ts'
import { WxInput, WxTextarea } from './field.ts'
import { WxImage } from './image.ts'
import { WxScrollView } from './scrollView.ts'
import { WxSwiper } from './swiper.ts'
import { WxSwitch } from './switch.ts'

const elements: Record<string, CustomElementConstructor> = {
  'image': WxImage,
  'scroll-view': WxScrollView,
  'swiper': WxSwiper,
  'input': WxInput,
  'textarea': WxTextarea,
  'switch': WxSwitch,
}

/** Makes the built-in components known to the browser. Those not named here need nothing but CSS. */
export function defineElements(): void {
  for (const [tag, element] of Object.entries(elements)) customElements.define(tagPrefix + tag, element)
}
