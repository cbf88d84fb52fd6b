import { hostMark, styleScopeMark } from '../../compile/package.ts'

/** A component's CSS, and whether it stays inside or is shared with the page. */
export interface ComponentStyle { path: string, isShared: boolean }

/** The name that stands before a component's classes. */
export const scopeName = (path: string): string => path.replaceAll(/[^\w]/g, '-')

/**
 * Puts the build's CSS into the document. WeChat gives each page a document of its own; here they share one, so what
 * is not scoped (app.wxss, the page's own, shared components) is in force only while its page is in front.
 */
export class Styles {
  private readonly scoped = new Set<string>()

  constructor(private readonly sources: Record<string, string>) {}

  /** Makes the sheet of a page, in WeChat's order: the app, the components, the page. It starts switched off. */
  openPage(page: string, components: ComponentStyle[]): HTMLStyleElement {
    for (const { path, isShared } of components) if (!isShared) this.addScoped(path)
    const shared = components.filter(({ isShared }) => isShared).map(({ path }) => this.css(path, ''))
    return append([this.css('app', ''), ...shared, this.css(page, '')].join('\n'), 'not all')
  }

  private addScoped(path: string): void {
    if (this.scoped.has(path)) return
    this.scoped.add(path)
    append(this.css(path, `${scopeName(path)}--`))
  }

  private css(path: string, scope: string): string {
    return (this.sources[path] ?? '').replaceAll(styleScopeMark, scope).replaceAll(hostMark, scopeName(path))
  }
}

export function switchStyle(sheet: HTMLStyleElement, isOn: boolean): void {
  sheet.media = isOn ? 'all' : 'not all'
}

function append(css: string, media = 'all'): HTMLStyleElement {
  const sheet = document.createElement('style')
  sheet.media = media
  sheet.textContent = css
  document.head.append(sheet)
  return sheet
}
