import * as glassEasel from 'glass-easel'
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import type { AssociatedBackend, CodeSpace, Root, component, types } from 'glass-easel-miniprogram-adapter'
import type { ComponentConfig, MiniProgram } from '../../compile/package.ts'
import { PhoneBackend } from './backend.ts'
import { carry } from './setData.ts'
import { scopeName } from './styles.ts'
import type { ComponentStyle } from './styles.ts'

/** What the code of a page or component calls `this`. */
export type Instance = component.GeneralComponent & { route?: string, options?: Record<string, string> } & Record<string, unknown>

interface Definition extends types.GeneralComponentDefinition {
  options?: types.ComponentDefinitionOptions & { addGlobalClass?: boolean, styleIsolation?: string }
}

/** All pages and components of a build, defined in WeChat's component framework as their code asks for it. */
export class Components {
  private readonly space: CodeSpace
  private readonly backend: AssociatedBackend
  private readonly defined = new Set<string>()
  private readonly waiting: glassEasel.GeneralComponent[] = []
  /** The page that is being made: components made meanwhile belong to it. */
  private currentRoute = ''
  /** The file that is running, whose `Component()` call it will be. */
  private currentPath = ''

  constructor(private readonly program: MiniProgram, private readonly runScript: (path: string) => void) {
    const env = new MiniProgramEnv()
    this.space = env.createCodeSpace('mini-program', true)
    this.backend = env.associateBackend(new PhoneBackend())
    const groups = new Function(`return ${program.templates}`)() as Record<string, glassEasel.template.ComponentTemplate['content']>
    for (const [path, content] of Object.entries(groups)) this.space.addCompiledTemplate(path, { groupList: groups, content })
    for (const path of Object.keys(program.configs)) this.space.addStyleSheet(path, undefined, scopeName(path))
  }

  /** `Component()` as the build's code sees it. */
  readonly define = (definition: Definition): void => {
    const path = this.currentPath
    this.configure(path, definition)
    const prepare = (instance: Instance) => this.prepare(instance, path)
    const awaitReady = (component: glassEasel.GeneralComponent) => this.awaitReady(component)
    this.space.component(path).definition(this.program.pages.includes(path) ? definition : canHide(definition))
      .init(function () { prepare(this as Instance) })
      .lifetime('attached', function () { awaitReady(this._$) })
      .register()
    this.defined.add(path)
  }

  /** WeChat takes the style isolation from the code too; glass-easel reads the JSON alone. */
  private configure(path: string, { options = {} }: Definition): void {
    const config = this.config(path)
    const isolation = config.styleIsolation ?? options.styleIsolation
    this.space.addComponentStaticConfig(path, {
      component: config.component,
      usingComponents: { ...this.program.app.usingComponents, ...config.usingComponents },
      addGlobalClass: options.addGlobalClass,
      styleIsolation: isolation as types.StyleIsolation | undefined,
    })
  }

  private config(path: string): ComponentConfig {
    return this.program.configs[path] ?? {}
  }

  /** Runs before the code's own `created`. */
  private prepare(instance: Instance, path: string): void {
    const route = this.currentRoute
    if (path === route) Object.assign(instance, { route, __route__: route })
    const setData = instance.setData.bind(instance)
    instance.setData = (payload: Record<string, unknown>, callback?: () => void) => setData(carry(payload, { route, path }), callback)
  }

  /** `ready` is fired once the view has been drawn, inner components before those around them. */
  private awaitReady(component: glassEasel.GeneralComponent): void {
    if (this.waiting.push(component) > 1) return
    setTimeout(() => {
      for (const drawn of this.waiting.splice(0).reverse()) if (glassEasel.Element.isAttached(drawn)) drawn.triggerLifetime('ready', [])
    })
  }

  /** Runs the scripts of a page or component and of everything that it uses. Answers the components, innermost first. */
  load(path: string): string[] {
    const inner = this.uses(path).flatMap(used => this.load(used))
    if (!this.defined.has(path)) this.runFor(path)
    return [...new Set([...inner, path])]
  }

  private uses(path: string): string[] {
    const components = { ...this.program.app.usingComponents, ...this.config(path).usingComponents }
    return Object.values(components).map(used => absolute(path, used)).filter(used => used !== path)
  }

  private runFor(path: string): void {
    this.currentPath = path
    this.runScript(path)
    if (!this.defined.has(path)) throw new Error(`${path}.js defines no component`)
  }

  styleOf(path: string): ComponentStyle {
    const isolation = this.space.getComponentStaticConfig(path)?.styleIsolation as string | undefined
    return { path, isShared: isolation === 'shared' || isolation === 'page-shared' }
  }

  /** Makes a page, not yet attached. */
  createPage(route: string): Root {
    this.currentRoute = route
    return this.backend.createRoot('page', this.space, `/${route}`)
  }

  /** Puts a page into the document; its code runs up to `attached`. */
  attachPage(root: Root): void {
    const place = document.createElement('div')
    document.body.append(place)
    root.attach(document.body as unknown as glassEasel.GeneralBackendElement, place as unknown as glassEasel.GeneralBackendElement)
  }

  /** From now on, new components count towards this page. */
  enter(route: string): void {
    this.currentRoute = route
  }
}

/** `hidden` works on every component of WeChat without being declared. */
function canHide(definition: Definition): Definition {
  if (!definition.properties || 'hidden' in definition.properties) return definition
  const hidden = {
    type: null,
    observer(this: Instance, isHidden: unknown) {
      const host = this._$.getBackendElement() as HTMLElement | null
      host?.toggleAttribute('hidden', Boolean(isHidden))
    },
  }
  return { ...definition, properties: { ...definition.properties, hidden } }
}

function absolute(from: string, used: string): string {
  const url = new URL(used, `http://build/${from}`)
  return url.pathname.slice(1)
}
