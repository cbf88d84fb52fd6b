import type { Declaration, Plugin } from 'postcss'

const size = /(?<![\w.-])(\d*\.?\d+)(rpx|px)\b/g

/** What grows with the text: letters and the lines they stand in. Heights say so themselves, by `scaled()` of uni.scss. */
const growing = new Set(['font-size', 'line-height', 'font'])

/** Multiplies every size of letters by the text size that the person has chosen. */
export function textScale(): Plugin {
  return {
    postcssPlugin: 'text-scale',
    Once(root) {
      root.walkDecls((declaration) => { if (growing.has(declaration.prop)) grow(declaration) })
    },
  }
}

function grow(declaration: Declaration): void {
  if (declaration.value.includes('--text-scale')) return
  declaration.value = declaration.value.replace(size, (written, amount: string) =>
    Number(amount) === 0 ? written : `calc(${written} * var(--text-scale, 1))`)
}
