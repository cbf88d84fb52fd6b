import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { builtInTags } from '../host/elements/tags.ts'
import type { AppConfig, ComponentConfig, MiniProgram, Themes } from './package.ts'
import { compileTemplates, usedTags } from './wxml.ts'
import { compileStyle } from './wxss.ts'

/** Reads and compiles a whole `mp-weixin` build. Throws at the first thing that a phone could not use. */
export function readBuild(buildDir: string): MiniProgram {
  if (!existsSync(path.join(buildDir, 'app.json'))) throw new Error(`${buildDir} holds no mini program: run \`npm run build:mp\` first`)
  const files = readdirSync(buildDir, { recursive: true, encoding: 'utf8' }).map(file => file.replaceAll(path.sep, '/'))
  const read = (file: string) => readFileSync(path.join(buildDir, file), 'utf8')
  const named = (extension: string) => files.filter(file => file.endsWith(extension))
  const app = JSON.parse(read('app.json')) as AppConfig
  const pages = pagesOf(app)
  const templates = byPath(named('.wxml'), read)
  const configs = readConfigs(Object.keys(templates), files, read)
  for (const page of pages) if (!(page in templates)) throw new Error(`app.json lists ${page}, which has no WXML`)
  for (const [owner, source] of Object.entries(templates)) {
    checkPageMeta(owner, source, pages.includes(owner))
    checkTags(owner, source, { ...app.usingComponents, ...configs[owner]?.usingComponents })
  }
  return {
    app,
    themes: app.darkmode && app.themeLocation ? JSON.parse(read(app.themeLocation)) as Themes : undefined,
    pages,
    configs,
    scripts: Object.fromEntries(named('.js').map(file => [file, read(file)])),
    styles: Object.fromEntries(named('.wxss').map(file => [bare(file), compileStyle(buildDir, file, kindOf(file, configs))])),
    templates: compileTemplates(templates),
  }
}

function pagesOf(app: AppConfig): string[] {
  const packaged = (app.subPackages ?? []).flatMap(({ root, pages }) => pages.map(page => path.posix.join(root, page)))
  return [...app.pages, ...packaged]
}

const bare = (file: string) => file.replace(/\.\w+$/, '')

function byPath(files: string[], read: (file: string) => string): Record<string, string> {
  return Object.fromEntries(files.map(file => [bare(file), read(file)]))
}

function readConfigs(owners: string[], files: string[], read: (file: string) => string): Record<string, ComponentConfig> {
  const known = new Set(files)
  const withConfig = owners.filter(owner => known.has(`${owner}.json`))
  return Object.fromEntries(withConfig.map(owner => [owner, JSON.parse(read(`${owner}.json`)) as ComponentConfig]))
}

function kindOf(file: string, configs: Record<string, ComponentConfig>): 'page' | 'component' {
  return configs[bare(file)]?.component === true ? 'component' : 'page'
}

/** WeChat takes `<page-meta>` as the very first thing of a page and nowhere else. */
function checkPageMeta(owner: string, source: string, isPage: boolean): void {
  const at = source.indexOf('<page-meta')
  if (at > 0 || (at === 0 && !isPage)) throw new Error(`${owner}.wxml has a <page-meta> that is not the first thing of a page`)
}

/** A phone shows an element it does not know as nothing at all, so such a name ends the run. */
function checkTags(owner: string, source: string, components: Record<string, string>): void {
  for (const tag of usedTags(source)) {
    if (!builtInTags.has(tag) && !(tag in components)) throw new Error(`${owner}.wxml uses <${tag}>, which is no component that this phone knows`)
  }
}
