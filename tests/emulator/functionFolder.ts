import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

/** A folder of functions that a test writes itself. */
export interface FunctionFolder {
  path: string
  /** Writes files, by their paths in the folder; an object is written as JSON. */
  write(files: Record<string, string | object>): Promise<void>
  remove(path: string): Promise<void>
  dispose(): Promise<void>
}

/** Makes such a folder. The packages of this repository lie beside the functions, as they do in many projects. */
export async function makeFunctionFolder(files: Record<string, string | object> = {}): Promise<FunctionFolder> {
  const path = await mkdtemp(join(tmpdir(), 'functions-'))
  const folder: FunctionFolder = {
    path,
    write: async (written) => {
      for (const [name, content] of Object.entries(written)) {
        await mkdir(dirname(join(path, name)), { recursive: true })
        await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content))
      }
    },
    remove: name => rm(join(path, name), { recursive: true, maxRetries: 10, retryDelay: 100 }),
    dispose: () => rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  }
  await symlink(packages, join(path, 'node_modules'), 'junction')
  await folder.write(files)
  return folder
}
