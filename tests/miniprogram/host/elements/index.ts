import { tagPrefix } from '../../compile/package.ts'
import { WxButton } from './button.ts'
import { WxCheckbox, WxCheckboxGroup, WxLabel, WxRadio, WxRadioGroup } from './choice.ts'
import { WxInput, WxTextarea } from './field.ts'
import { WxForm } from './form.ts'
import { WxImage } from './image.ts'
import { WxMap } from './map.ts'
import { WxPageMeta } from './pageMeta.ts'
import { WxPicker } from './picker.ts'
import { WxPickerView, WxPickerViewColumn } from './pickerView.ts'
import { WxProgress } from './progress.ts'
import { WxRichText } from './richText.ts'
import { WxScrollView } from './scrollView.ts'
import { WxSlider } from './slider.ts'
import { WxSwiper } from './swiper.ts'
import { WxSwitch } from './switch.ts'

const elements: Record<string, CustomElementConstructor> = {
  'image': WxImage,
  'scroll-view': WxScrollView,
  'swiper': WxSwiper,
  'input': WxInput,
  'textarea': WxTextarea,
  'switch': WxSwitch,
  'button': WxButton,
  'checkbox': WxCheckbox,
  'checkbox-group': WxCheckboxGroup,
  'radio': WxRadio,
  'radio-group': WxRadioGroup,
  'label': WxLabel,
  'form': WxForm,
  'slider': WxSlider,
  'picker': WxPicker,
  'picker-view': WxPickerView,
  'picker-view-column': WxPickerViewColumn,
  'rich-text': WxRichText,
  'map': WxMap,
  'progress': WxProgress,
  'page-meta': WxPageMeta,
}

/** Makes the built-in components known to the browser. Those not named here need nothing but CSS. */
export function defineElements(): void {
  for (const [tag, element] of Object.entries(elements)) customElements.define(tagPrefix + tag, element)
}
