// @vitest-environment happy-dom
import './support/phone'
import { mount } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import BottomSheet from '@/components/BottomSheet.vue'

const shown: { unmount(): void }[] = []
afterEach(() => { for (const sheet of shown.splice(0)) sheet.unmount() })

function sheet(label: string) {
  const wrapper = mount(BottomSheet, { props: { isOpen: true, label } })
  shown.push(wrapper)
  return wrapper
}

const press = (key: string, init: KeyboardEventInit = {}) => window.dispatchEvent(new KeyboardEvent('keydown', { key, ...init }))

it('Escape leaves the sheet in front, and the one behind it only then', async () => {
  const [behind, front] = [sheet('choices'), sheet('question')]
  press('a')
  press('Escape', { isComposing: true })
  expect([behind.emitted('close'), front.emitted('close')]).toEqual([undefined, undefined])
  press('Escape')
  expect([behind.emitted('close'), front.emitted('close')]).toEqual([undefined, [[]]])
  await front.setProps({ isOpen: false })
  await nextTick()
  press('Escape')
  expect([behind.emitted('close'), front.emitted('close')]).toEqual([[[]], [[]]])
})

it('a sheet that is gone is not left once more', () => {
  const gone = sheet('gone')
  gone.unmount()
  press('Escape')
  expect(gone.emitted('close')).toBeUndefined()
})
