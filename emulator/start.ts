import type { RequestListener } from 'node:http'
import { openCloud } from './cloud.ts'
import type { Emulator, EmulatorOptions } from './emulator.ts'
import { listen } from './http/listen.ts'
import { createRouter } from './http/router.ts'
import { checkFolders, readDeclarations } from './startFiles.ts'

/** Starts the local WeChat. Rejects with a StartError, one sentence that says what to do, when the options cannot work. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  await checkFolders(options)
  const declarations = await readDeclarations(options)
  let router: RequestListener = (_, response) => response.writeHead(503).end()
  // The functions need the address of their cloud, so the port is opened before the services that answer on it exist.
  const listening = await listen((request, response) => router(request, response), options.host ?? '127.0.0.1', options.port)
  const cloud = await openCloud(options, listening, declarations).catch(async (error: unknown) => {
    await listening.close()
    throw error
  })
  router = createRouter(cloud.routes, options.host ?? 'localhost')
  await cloud.start().catch(async (error: unknown) => {
    await cloud.close()
    throw error
  })
  return { url: listening.url, port: listening.port, invocations: () => cloud.invocations.list(), close: () => cloud.close() }
}
