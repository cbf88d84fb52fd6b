import type { MiniProgram, ThemeName } from '../../compile/package.ts'

/** The phone is dark when the browser says so, but an app without dark mode stays light. */
export function currentTheme({ themes }: MiniProgram): ThemeName {
  return themes && matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** The program with every `@name` of its configuration replaced by what theme.json says. */
export function withTheme(program: MiniProgram, theme: ThemeName): MiniProgram {
  const { app, configs, themes } = program
  const values = themes?.[theme] ?? {}
  const resolve = <Config>(config: Config): Config => JSON.parse(JSON.stringify(config), (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('@')) return value
    const found = values[value.slice(1)]
    if (found === undefined) throw new Error(`theme.json has no ${value.slice(1)} for the ${theme} theme`)
    return found
  }) as Config
  return { ...program, app: resolve(app), configs: resolve(configs) }
}
