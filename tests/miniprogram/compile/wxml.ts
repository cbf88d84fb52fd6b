import { TmplGroup } from 'glass-easel-template-compiler'

/** Tags that the template language itself gives a meaning. */
const languageTags = new Set(['block', 'slot', 'template', 'import', 'include', 'wxs'])

const tagPattern = /<([a-zA-Z][\w-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*\/?>/g
const attributePattern = /(\s)((?:capture-)?(?:bind|catch))(?![:-])([a-zA-Z_]\w*)(?=\s*=|\s|$)/g
const attributeValues = /"[^"]*"|'[^']*'/g

/** The compiler knows `bind:tap` only, and pages write `bindtap`. Attribute values stay as they are. */
function splitEventNames(attributes: string): string {
  const values: string[] = []
  const bare = attributes.replace(attributeValues, value => `"${values.push(value) - 1}"`)
  return bare.replace(attributePattern, '$1$2:$3').replace(/"(\d+)"/g, (_, index: string) => values[Number(index)] ?? '')
}

export function rewriteTemplate(source: string): string {
  return source.replace(tagPattern, (tag: string, name: string, attributes: string) =>
    `<${name}${splitEventNames(attributes)}${tag.slice(1 + name.length + attributes.length)}`)
}

/** The names of all elements that a template makes. */
export function usedTags(source: string): Set<string> {
  const names = [...source.matchAll(tagPattern)].map(match => match[1] ?? '')
  return new Set(names.filter(name => !languageTags.has(name)))
}

interface TemplateNote { message?: string, isError?: boolean, startLine?: number }

/** Compiles all templates of a build together; anything that the compiler has to say ends the run. */
export function compileTemplates(sources: Record<string, string>): string {
  const group = new TmplGroup()
  try {
    for (const [file, source] of Object.entries(sources)) {
      const notes = group.addTmpl(file, rewriteTemplate(source)) as TemplateNote[]
      if (notes.length > 0) throw new Error(`${file}.wxml: ${notes.map(note => JSON.stringify(note)).join('; ')}`)
    }
    return group.getTmplGenObjectGroups()
  } finally {
    group.free()
  }
}
