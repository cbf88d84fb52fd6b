import { BuiltIn, part } from './builtIn.ts'

interface Marker { id: number, latitude: number, longitude: number, title?: string, callout?: { content?: string } }

const html = `<style>
  :host { display: block; position: relative; width: 300px; height: 150px; overflow: hidden; background: #e8eee4; }
  button { position: absolute; translate: -50% -100%; border: 0; background: none; font: inherit; font-size: 12px; white-space: nowrap; }
</style><div></div>`

/** `<map>`: an empty country with the markers where they belong. */
export class WxMap extends BuiltIn {
  static observedAttributes = ['latitude', 'longitude', 'scale', 'markers']
  private readonly ground: HTMLElement

  constructor() {
    super()
    this.ground = part(this.build(html), 'div')
  }

  connectedCallback(): void {
    this.drawMarkers()
  }

  attributeChangedCallback(): void {
    this.drawMarkers()
  }

  private drawMarkers(): void {
    const markers = this.raw('markers')
    this.ground.replaceChildren(...(Array.isArray(markers) ? markers as Marker[] : []).map(marker => this.pin(marker)))
  }

  private pin({ id, latitude, longitude, title, callout }: Marker): HTMLElement {
    if (typeof id !== 'number') throw new Error('<map> wants a number as the id of each marker')
    const pin = document.createElement('button')
    pin.textContent = `📍${callout?.content ?? title ?? ''}`
    // Web Mercator: a world of 256 px, doubled with each step of the scale.
    const pxPerDegree = 256 * 2 ** this.amount('scale', 16) / 360
    const eastPx = (longitude - this.amount('longitude', 0)) * pxPerDegree
    const northPx = (latitude - this.amount('latitude', 0)) * pxPerDegree / Math.cos(latitude * Math.PI / 180)
    Object.assign(pin.style, { left: `calc(50% + ${eastPx}px)`, top: `calc(50% - ${northPx}px)` })
    pin.addEventListener('click', () => {
      this.fire('markertap', { markerId: id })
      this.fire('callouttap', { markerId: id })
    })
    return pin
  }
}
