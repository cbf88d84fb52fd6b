/** One thing that can be tapped on a sheet of the local WeChat. */
export interface SheetRow<Value> { text: string, hint?: string, value: Value }

const style = {
  mask: 'position:fixed;inset:0;z-index:2000;display:flex;align-items:flex-end;justify-content:center;background:var(--mask)',
  panel: 'width:100%;max-width:430px;max-height:80%;overflow:auto;padding:20px 16px 24px;border-radius:16px 16px 0 0;background:var(--surface);color:var(--text)',
  title: 'margin:0 0 8px;font-size:17px;font-weight:600',
  row: 'display:block;width:100%;min-height:56px;padding:8px 0;border:0;border-top:1px solid var(--hairline);background:none;color:inherit;text-align:left;font-size:15px',
  hint: 'display:block;color:var(--text-3);font-size:12px',
}

function element(tag: string, css: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.style.cssText = css
  made.textContent = text
  return made
}

/** A sheet that the local WeChat draws over the shop, as WeChat itself would; what was tapped, or null when it was left. */
export function openLocalSheet<Value>(name: string, title: string, rows: readonly SheetRow<Value>[]): Promise<Value | null> {
  return new Promise((resolve) => {
    const mask = element('div', style.mask)
    mask.className = name
    const panel = element('div', style.panel)
    const close = (value: Value | null) => {
      mask.remove()
      resolve(value)
    }
    mask.addEventListener('click', event => event.target === mask && close(null))
    panel.append(element('h2', style.title, title))
    for (const { text, hint, value } of rows) {
      const row = element('button', style.row, text)
      if (hint !== undefined) row.append(element('span', style.hint, hint))
      row.addEventListener('click', () => close(value))
      panel.append(row)
    }
    mask.append(panel)
    document.body.append(mask)
  })
}
