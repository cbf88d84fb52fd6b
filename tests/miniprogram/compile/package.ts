/** What the phone downloads: one mini program build, compiled so that a browser can run it. Shared by both sides. */
export interface MiniProgram {
  app: AppConfig
  /** Absent where the app has no dark mode. */
  themes?: Themes
  /** Every page, with the package it lies in already joined to its path. */
  pages: string[]
  /** The `.json` beside each page and component, by path without extension. */
  configs: Record<string, ComponentConfig>
  /** The source of every `.js`, by path with extension. */
  scripts: Record<string, string>
  /** Every `.wxss` as plain CSS, by path without extension; `styleScopeMark` stands where a component's scope goes. */
  styles: Record<string, string>
  /** JavaScript that evaluates to the compiled templates by path. */
  templates: string
}

export interface AppConfig {
  pages: string[]
  subPackages?: { root: string, pages: string[] }[]
  window?: PageConfig
  tabBar?: TabBarConfig
  usingComponents?: Record<string, string>
  lazyCodeLoading?: string
  darkmode?: boolean
  themeLocation?: string
  requiredPrivateInfos?: string[]
}

export type ThemeName = 'light' | 'dark'

/** Values by name, for each of the two themes: WeChat's theme.json. */
export type Themes = Record<ThemeName, Record<string, string>>

export interface PageConfig {
  navigationBarTitleText?: string
  navigationBarTextStyle?: string
  navigationBarBackgroundColor?: string
  navigationStyle?: string
  backgroundColor?: string
  enablePullDownRefresh?: boolean
  disableScroll?: boolean
  onReachBottomDistance?: number
}

export interface ComponentConfig extends PageConfig {
  component?: boolean
  usingComponents?: Record<string, string>
  styleIsolation?: string
}

export interface TabBarConfig {
  color: string
  selectedColor: string
  backgroundColor: string
  borderStyle?: string
  list: { pagePath: string, text: string, iconPath?: string, selectedIconPath?: string }[]
}

/** Stands before every class name of a component's CSS, until the phone knows the component's style isolation. */
export const styleScopeMark = 'SCOPE__'

/** Stands for the name of the scope where CSS says `:host`. */
export const hostMark = 'HOST__'

/** Built-in components keep their own names on a real phone by this prefix; so do they here. */
export const tagPrefix = 'wx-'
