import type { MiniProgram } from '../compile/package.ts'
import { createWx } from './api/index.ts'
import { serveButtons } from './elements/button.ts'
import { defineElements } from './elements/index.ts'
import { Components } from './framework/components.ts'
import { takeUpDuties } from './framework/duties.ts'
import { Modules } from './framework/modules.ts'
import { Pages, parseQuery } from './framework/pages.ts'
import { setDataStats } from './framework/setData.ts'
import { currentTheme, withTheme } from './framework/theme.ts'
import type { Launch } from './phone.ts'
import { Person } from './person.ts'
import type { PersonAnswer } from './person.ts'
import { Shell } from './shell/shell.ts'

interface App {
  onLaunch?(options: object): void
  onShow?(options: object): void
}

/** Problems leave the phone by the console: whoever watches it fails the run. */
function report(problem: string): void {
  console.error(problem)
}

function readLaunch(program: MiniProgram): Launch {
  const parameters = new URLSearchParams(location.search)
  const [path = '', query = ''] = (parameters.get('path') || program.pages[0] || '').split('?')
  return {
    person: parameters.get('person') ?? 'guest',
    path,
    query: parseQuery(query),
    sceneValue: Number(parameters.get('sceneValue') ?? 1001),
    language: parameters.get('language') ?? 'zh_CN',
    theme: currentTheme(program),
    fontSizeSetting: Number(parameters.get('fontSizeSetting') ?? 16),
    answers: JSON.parse(parameters.get('answers') ?? '{}') as Record<string, PersonAnswer>,
  }
}

function start(downloaded: MiniProgram): void {
  takeUpDuties(report)
  defineElements()
  const launch = readLaunch(downloaded)
  const program = withTheme(downloaded, launch.theme)
  const components = new Components(program, path => modules.require(`${path}.js`))
  const shell = new Shell(program.app.tabBar)
  const pages = new Pages(program, components, shell)
  const person = new Person(launch.answers)
  serveButtons({ launch, pages, person })
  let app: App | undefined
  const modules = new Modules(program.scripts, {
    wx: createWx(launch, program.app, { pages, shell, person }),
    App: (definition: App) => { app = definition },
    getApp: () => app,
    getCurrentPages: () => pages.instances(),
    Page: components.define,
    Component: components.define,
    global: {},
    globalThis: undefined,
  })
  modules.require('app.js')
  const options = { path: launch.path, query: { ...launch.query }, scene: launch.sceneValue }
  app?.onLaunch?.(options)
  app?.onShow?.(options)
  const query = Object.entries(launch.query).map(([name, value]) => `${name}=${value}`).join('&')
  pages.reLaunch(`/${launch.path}?${query}`)
  window.phone = {
    route: () => pages.current?.route ?? '',
    setData: setDataStats,
    pullDown: () => pages.pullDown(),
    will: (api, answer) => person.will(api, answer),
    deeds: () => person.deeds,
    share: kind => pages.share(kind, { from: 'menu' }),
  }
}

const response = await fetch('/program')
start(await response.json() as MiniProgram)
