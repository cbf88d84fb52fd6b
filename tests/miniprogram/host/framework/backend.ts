import * as glassEasel from 'glass-easel'
import { tagPrefix } from '../../compile/package.ts'
import { translateValue } from '../../compile/values.ts'

type BackendElement = glassEasel.domlikeBackend.Element

/** DOM events that reach a mini program as they are. Everything else must be a CustomEvent of a built-in component. */
const passedOn = new Set(['transitionend', 'animationstart', 'animationiteration', 'animationend'])
/** glass-easel listens to these itself, once for the whole page. */
const delegated = new Set(['touchstart', 'touchmove', 'touchend', 'touchcancel'])
/** glass-easel makes these out of touches and mouse clicks. */
const gestures = new Set(['tap', 'canceltap'])

/** The browser as glass-easel sees it, with WeChat's names of elements and WeChat's events. */
export class PhoneBackend extends glassEasel.CurrentWindowBackendContext {
  private readonly listening = new WeakMap<BackendElement, Set<string>>()
  private readonly handled = new WeakSet<Event>()

  override document = {
    createElement: (tag: string) => createElement(tag),
    createTextNode: (text: string) => document.createTextNode(text) as unknown as BackendElement,
    createDocumentFragment: () => document.createDocumentFragment() as unknown as BackendElement,
  }

  constructor() {
    super()
    // Touches and taps; glass-easel listens for them, but leaves the sending to its host.
    this.onEvent(send)
  }

  override setListenerStats(element: BackendElement, type: string, capture: boolean, level: glassEasel.EventMutLevel): void {
    if (gestures.has(type)) return
    if (delegated.has(type)) return super.setListenerStats(element, type, capture, level)
    const types = this.listening.get(element) ?? new Set()
    if (types.has(type)) return
    this.listening.set(element, types.add(type))
    element.addEventListener(type, event => this.passOn(event))
  }

  private passOn(event: Event): void {
    const isOurs = event instanceof CustomEvent
    if (this.handled.has(event) || !(isOurs || passedOn.has(event.type))) return
    this.handled.add(event)
    const target = (event.target as unknown as BackendElement).__wxElement
    const detail: unknown = isOurs ? event.detail ?? {} : {}
    const { bubbles, composed } = event
    if (target) send(target, event.type, detail, { originalEvent: event, bubbles, composed, capturePhase: true })
  }

  /** A scroll-view scrolls inside itself. */
  override getScrollOffset(target: BackendElement, answer: (offset: glassEasel.ScrollOffset) => void): void {
    super.getScrollOffset((target as BackendElement & { scroller?: BackendElement }).scroller ?? target, answer)
  }
}

function send(target: glassEasel.Element, type: string, detail: unknown, options: glassEasel.EventOptions): glassEasel.EventBubbleStatus {
  const event = new glassEasel.Event(type, detail, options)
  glassEasel.Event.dispatchEvent(target, event)
  return event.getEventBubbleStatus()
}

function createElement(tag: string): BackendElement {
  const element = document.createElement(tagPrefix + tag)
  const setAttribute = element.setAttribute.bind(element)
  element.setAttribute = (name, value) => setAttribute(ariaName(name), name === 'style' ? translateValue(value) : value)
  return element as unknown as BackendElement
}

/** WeChat writes `aria-role`, browsers `role`. */
const ariaName = (name: string) => name === 'aria-role' ? 'role' : name
