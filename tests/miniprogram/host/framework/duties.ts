import * as glassEasel from 'glass-easel'
import { plainEvent } from './events.ts'

/** What glass-easel leaves to whoever hosts it, for all pages and components alike. Called once, before anything else. */
export function takeUpDuties(report: (problem: string) => void): void {
  // uni-app puts event handlers on the instance while it renders.
  glassEasel.globalOptions.useMethodCallerListeners = true
  glassEasel.addGlobalErrorListener((error, method, component) => {
    report(`${describe(error)}${method ? ` in ${method}` : ''}${nameOf(component)}`)
    return false
  })
  glassEasel.addGlobalWarningListener((message, component) => {
    if (!isExpected(message)) report(`glass-easel warns: ${message}${nameOf(component)}`)
    return false
  })
  handEventsOver()
  reflectDataset()
  dropEmptyAttributes()
}

/** uni-app sends the first data after the first drawing; until then a list is undefined, which WeChat takes for empty. */
const isExpected = (message: string) => message.startsWith('The for-list data') && message.endsWith('"undefined".')

function describe(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error)
}

function nameOf(component?: glassEasel.GeneralComponent | string): string {
  const name = typeof component === 'object' ? component.is : component
  return name ? ` (${name})` : ''
}

/** Handlers get the plain objects that WeChat gives them, never nodes of glass-easel. */
function handEventsOver(): void {
  glassEasel.Event.prototype.wrapShadowedEvent = function (target, mark, currentTarget) {
    return plainEvent(this, target, mark, currentTarget)
  }
}

/** CSS such as `[data-c-h="true"]`, which uni-app relies on, needs the dataset in the DOM. */
function reflectDataset(): void {
  const setDataset = glassEasel.Element.prototype.setDataset
  glassEasel.Element.prototype.setDataset = function (name, value) {
    setDataset.call(this, name, value)
    const element = this.getBackendElement() as HTMLElement | null
    if (element && typeof value !== 'object') element.setAttribute(`data-${dashed(name)}`, String(value))
  }
}

const dashed = (name: string) => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)

/** A property that is not known yet is absent, rather than present and empty. */
function dropEmptyAttributes(): void {
  glassEasel.NativeNode.prototype.updateAttribute = function (name, value) {
    if (value === undefined || value === null) this.removeAttribute(name)
    else this.setAttribute(name, value)
  }
}
