import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseDeclaration } from './database/database.ts'
import { StartError } from './emulator.ts'
import type { EmulatorOptions, FunctionRules, StorageRule } from './emulator.ts'
import { functionRulesOf } from './functions/rules.ts'
import { anyPage, readPages } from './openapi/pages.ts'
import type { Pages } from './openapi/pages.ts'
import { storageRulesOf } from './storage/rules.ts'

/** What the files say that the options name. */
export interface Declarations {
  database: DatabaseDeclaration | null
  pages: Pages
  functionRules: FunctionRules
  storageRules: StorageRule[]
}

/** Reads them all. Throws a StartError for the first that cannot be used. */
export async function readDeclarations(options: EmulatorOptions): Promise<Declarations> {
  return {
    database: await readDatabaseDeclaration(options.databaseFile),
    pages: await readPagesOf(options.pagesFile),
    functionRules: await functionRulesOf(options),
    storageRules: await storageRulesOf(options),
  }
}

/** Throws a StartError when a folder is missing, or cannot be written. */
export async function checkFolders({ functionsDir, dataDir, staticDir }: EmulatorOptions): Promise<void> {
  if (!await isFolder(functionsDir)) throw new StartError(`There is no folder ${functionsDir}: build the cloud functions first, or name their folder with --functions.`)
  if (staticDir !== undefined && !await isFolder(staticDir)) throw new StartError(`There is no folder ${staticDir}: build the H5 version first, or leave out --static.`)
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(join(dataDir, 'functions.log'), '', { flag: 'a' })
  } catch (error) {
    throw new StartError(`The data folder ${dataDir} cannot be written (${(error as Error).message}): name another one with --data.`)
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

async function readPagesOf(file: string | undefined): Promise<Pages> {
  if (file === undefined) return anyPage
  return readPages(file).catch((error: Error) => {
    throw new StartError(`${file} cannot be read as a list of pages (${error.message}): name an app.json or a pages.json with --pages.`)
  })
}

async function readDatabaseDeclaration(file: string | undefined): Promise<DatabaseDeclaration | null> {
  if (file === undefined) return null
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DatabaseDeclaration
  } catch (error) {
    throw new StartError(`${file} cannot be read as JSON (${(error as Error).message}): mend it, or name another file with --database.`)
  }
}
