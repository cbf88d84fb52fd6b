import { shownUrl } from '../files.ts'
import { BuiltIn, part } from './builtIn.ts'

const fits: Record<string, string> = { scaleToFill: 'fill', aspectFit: 'contain', aspectFill: 'cover', widthFix: 'fill', heightFix: 'fill', center: 'none' }

/** Cloud files lie under `/cos` of the local cloud; files of the build under `/build`. */
export function pictureUrl(source: string): string {
  if (source.startsWith('cloud://')) return source.replace(/^cloud:\/\/[^/]+\//, '/cos/')
  const ownFile = shownUrl(source)
  if (ownFile) return ownFile
  return /^(https?:|data:)/.test(source) ? source : `/build/${source.replace(/^\//, '')}`
}

/** `<image>`: 320 × 240 px unless told otherwise, and six ways to fit the picture in. */
export class WxImage extends BuiltIn {
  static observedAttributes = ['src', 'mode']
  private readonly picture: HTMLImageElement

  constructor() {
    super()
    this.picture = part(this.build('<style>img { display: block; width: 100%; height: 100%; } [hidden] { visibility: hidden; }</style><img alt="" hidden>'), 'img')
    this.picture.addEventListener('load', () => this.arrived())
    this.picture.addEventListener('error', () => this.fire('error', { errMsg: `GET ${this.picture.src} failed` }))
  }

  connectedCallback(): void {
    this.load()
  }

  attributeChangedCallback(name: string, _: string | null, value: string | null): void {
    if (name === 'mode') this.fit(value ?? 'scaleToFill')
    else this.load()
  }

  /** What is not on the screen, such as the content of a slot that is not there, loads nothing. */
  private load(): void {
    const source = this.getAttribute('src')
    this.picture.hidden = true
    if (source && this.isConnected) this.picture.src = pictureUrl(source)
  }

  private fit(mode: string): void {
    const fit = fits[mode]
    if (fit === undefined) throw new Error(`<image mode="${mode}"> is not drawn by this phone`)
    this.picture.style.objectFit = fit
  }

  /** Two modes give the component the shape of its picture. */
  private arrived(): void {
    this.picture.hidden = false
    const { naturalWidth: width, naturalHeight: height } = this.picture
    const mode = this.getAttribute('mode')
    if (mode === 'widthFix') this.style.height = `${this.clientWidth * height / width}px`
    if (mode === 'heightFix') this.style.width = `${this.clientHeight * width / height}px`
    this.fire('load', { width, height })
  }
}
