import { readFileSync } from 'node:fs'
import path from 'node:path'
import postcss from 'postcss'
import type { AtRule, Plugin, Root, Rule } from 'postcss'
import { hostMark, styleScopeMark, tagPrefix } from './package.ts'
import { translateValue } from './values.ts'

/** Turns a WXSS file into CSS. The CSS of a component gets a mark before each class name, to be scoped on the phone. */
export function compileStyle(buildDir: string, file: string, kind: 'page' | 'component'): string {
  const root = readStyle(buildDir, file)
  return postcss([translation(kind)]).process(root, { from: undefined }).css
}

function readStyle(buildDir: string, file: string): Root {
  const root = postcss.parse(readFileSync(path.join(buildDir, file), 'utf8'), { from: file })
  root.walkAtRules('import', (rule) => {
    rule.replaceWith(readStyle(buildDir, importedFile(file, rule)))
  })
  return root
}

function importedFile(from: string, rule: AtRule): string {
  const name = /^(?:url\()?["']?([^"')]+)["']?\)?$/.exec(rule.params.trim())?.[1]
  if (name === undefined) throw new Error(`${from}: @import ${rule.params} names no file`)
  return name.startsWith('/') ? name.slice(1) : path.posix.join(path.posix.dirname(from), name)
}

function translation(kind: 'page' | 'component'): Plugin {
  return {
    postcssPlugin: 'wxss',
    Declaration(declaration) {
      declaration.value = translateValue(declaration.value)
    },
    AtRule(rule) {
      rule.params = translateValue(rule.params)
    },
    RuleExit(rule) {
      if (!isKeyframe(rule)) rule.selector = translateSelector(rule.selector, kind)
    },
  }
}

function isKeyframe(rule: Rule): boolean {
  return rule.parent?.type === 'atrule' && (rule.parent as AtRule).name.endsWith('keyframes')
}

const selectorParts = /(\[[^\]]*\])|(::?[\w-]+)|\.([\w-]|\\.)+|#[\w-]+|([a-zA-Z][\w-]*)/g

/** `view` becomes `wx-view`, `:host` the component's own node, and a component's `.name` a scoped one. */
export function translateSelector(selector: string, kind: 'page' | 'component'): string {
  if (selector.includes(tagPrefix) || selector.includes(styleScopeMark)) return selector
  return selector.replace(selectorParts, (part: string) => {
    if (part === ':host') return `[wx-host="${hostMark}"]`
    if (part.startsWith('.')) return kind === 'component' ? `.${styleScopeMark}${part.slice(1)}` : part
    return /^[a-zA-Z]/.test(part) ? tagPrefix + part : part
  })
}
