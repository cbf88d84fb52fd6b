import { BuiltIn } from './builtIn.ts'
import { make, overPage } from './over.ts'
import { dateWheels, regionWheels, timeWheels } from './wheels.ts'
import type { Wheels } from './wheels.ts'

/** `<picker>`: wheels that come up from below. What they hold depends on the mode. */
export class WxPicker extends BuiltIn {
  constructor() {
    super()
    this.addEventListener('click', () => { if (!this.flag('disabled')) this.open() })
  }

  private open(): void {
    const wheels = this.wheels()
    const chosen = [...wheels.start]
    const columns = make('div', { className: 'picker__wheels' })
    const turn = (wheel: number, index: number) => {
      chosen[wheel] = index
      // The wheels to the right hold something else now.
      if (wheels.hang) chosen.fill(0, wheel + 1)
      if (this.mode === 'multiSelector') this.fire('columnchange', { column: wheel, value: index })
      // The page may answer with other wheels in its next setData.
      setTimeout(draw)
    }
    const draw = () => columns.replaceChildren(...wheels.texts(chosen).map((texts, wheel) => column(wheel, texts, {
      current: chosen[wheel] ?? 0,
      turn: index => turn(wheel, index),
    })))
    const shade = make('div', { className: 'shade picker' })
    const close = (type: 'change' | 'cancel') => {
      shade.remove()
      this.fire(type, type === 'change' ? wheels.detail(chosen) : {})
    }
    const bar = make('div', {}, make('button', { textContent: '取消', onclick: () => close('cancel') }),
      make('button', { textContent: '确定', className: 'picker__take', onclick: () => close('change') }))
    draw()
    shade.append(make('div', { className: 'sheet' }, bar, columns))
    overPage().append(shade)
  }

  private get mode(): string {
    return this.getAttribute('mode') ?? 'selector'
  }

  private wheels(): Wheels {
    const { mode } = this
    const value = this.raw('value')
    if (mode === 'region') return regionWheels(value)
    if (mode === 'time') return timeWheels(value, this.getAttribute('start'), this.getAttribute('end'))
    if (mode === 'date') return dateWheels(value, this.getAttribute('start'), this.getAttribute('end'))
    if (mode === 'multiSelector') {
      const start = (Array.isArray(value) ? value : []).map(Number)
      const texts = () => this.ranges()
      return { start: texts().map((_, wheel) => start[wheel] ?? 0), texts, detail: chosen => ({ value: chosen }) }
    }
    if (mode === 'selector') {
      const texts = () => [this.texts(this.raw('range'))]
      return { start: [Number(value ?? 0)], texts, detail: ([index = 0]) => ({ value: String(index) }) }
    }
    throw new Error(`<picker mode="${mode}"> is not known to this phone`)
  }

  private ranges(): string[][] {
    const range = this.raw('range')
    return (Array.isArray(range) ? range as unknown[] : []).map(column => this.texts(column))
  }

  private texts(range: unknown): string[] {
    const key = this.getAttribute('range-key')
    return (Array.isArray(range) ? range as unknown[] : []).map(item => String(key ? (item as Record<string, unknown>)[key] : item))
  }
}

/** One wheel: a column of texts to touch. */
function column(wheel: number, texts: string[], { current, turn }: { current: number, turn(index: number): void }): HTMLElement {
  const entries = texts.map((textContent, index) => {
    const button = make('button', { textContent, onclick: () => turn(index) })
    button.ariaSelected = String(index === current)
    return button
  })
  const drawn = make('div', {}, ...entries)
  drawn.dataset.wheel = String(wheel)
  return drawn
}
