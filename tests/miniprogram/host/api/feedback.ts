import type { Shell } from '../shell/shell.ts'
import { asyncApi } from './asyncApi.ts'

interface ModalOptions {
  title?: string
  content?: string
  showCancel?: boolean
  cancelText?: string
  confirmText?: string
}

/** Toasts, dialogs and sheets: WeChat draws them over the page. */
export function feedbackApi(shell: Shell) {
  let toast: HTMLElement | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const hide = () => {
    clearTimeout(timer)
    toast?.remove()
  }
  const show = (title: string, durationMs: number | null) => {
    hide()
    toast = shell.make('div', { className: 'toast', textContent: title, role: 'status' })
    shell.over.append(toast)
    if (durationMs !== null) timer = setTimeout(hide, durationMs)
  }
  return {
    showToast: asyncApi('showToast', ({ title, duration = 1500 }: { title: string, duration?: number }) => show(title, duration)),
    hideToast: asyncApi('hideToast', hide),
    showLoading: asyncApi('showLoading', ({ title }: { title: string }) => show(title, null)),
    hideLoading: asyncApi('hideLoading', hide),
    showModal: asyncApi('showModal', (options: ModalOptions) => showModal(shell, options)),
    showActionSheet: asyncApi('showActionSheet', ({ itemList }: { itemList: string[] }) => showActionSheet(shell, itemList)),
  }
}

/** WeChat's own dialog, with its answer. */
export function showModal(shell: Shell, { title, content, showCancel = true, cancelText = '取消', confirmText = '确定' }: ModalOptions) {
  return new Promise<{ confirm: boolean, cancel: boolean }>((resolve) => {
    const shade = shell.make('div', { className: 'shade' })
    const modal = shell.make('div', { className: 'modal', role: 'dialog' })
    const choices = shell.make('div')
    const close = (confirm: boolean) => {
      shade.remove()
      resolve({ confirm, cancel: !confirm })
    }
    if (showCancel) choices.append(shell.make('button', { textContent: cancelText, onclick: () => close(false) }))
    choices.append(shell.make('button', { textContent: confirmText, onclick: () => close(true) }))
    if (title) modal.append(shell.make('b', { textContent: title }))
    if (content) modal.append(shell.make('p', { textContent: content }))
    modal.append(choices)
    shade.append(modal)
    shell.over.append(shade)
  })
}

function showActionSheet(shell: Shell, items: string[]) {
  return new Promise<{ tapIndex: number }>((resolve, reject) => {
    const shade = shell.make('div', { className: 'shade' })
    const sheet = shell.make('div', { className: 'sheet' })
    const choose = (tapIndex: number) => {
      shade.remove()
      if (tapIndex < 0) reject(new Error('cancel'))
      else resolve({ tapIndex })
    }
    sheet.append(...items.map((textContent, index) => shell.make('button', { textContent, onclick: () => choose(index) })))
    sheet.append(shell.make('button', { textContent: '取消', onclick: () => choose(-1) }))
    shade.append(sheet)
    shell.over.append(shade)
  })
}
