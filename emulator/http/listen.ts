import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { StartError } from '../emulator.ts'

const everyAddress = ['0.0.0.0', '::']

/** Where the emulator can be reached. */
export interface Listening {
  port: number
  /** The address that was asked for; 127.0.0.1 stands in for "every address". */
  url: string
  /** An address that other devices can open, where there is one: it goes into QR codes and links to files. */
  publicUrl: string
  close(): Promise<void>
}

/** Opens the port. Whatever the host, 127.0.0.1 is served too: the functions reach their cloud there. */
export async function listen(listener: RequestListener, host: string, port: number): Promise<Listening> {
  const first = await open(listener, host === 'localhost' ? '127.0.0.1' : host, port)
  const taken = (first.address() as AddressInfo).port
  const servers = [first]
  if (!['localhost', '127.0.0.1', ...everyAddress].includes(host)) servers.push(await open(listener, '127.0.0.1', taken))
  return {
    port: taken,
    url: `http://${everyAddress.includes(host) ? '127.0.0.1' : bracketed(host)}:${taken}`,
    publicUrl: `http://${publicHost(host)}:${taken}`,
    close: async () => {
      await Promise.all(servers.map(close))
    },
  }
}

function open(listener: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(listener)
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new StartError(explain(error, host, port))))
    server.listen(port, host, () => resolve(server))
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') return `Port ${port} is in use: stop the program that uses it, or choose another one with --port.`
  if (error.code === 'EACCES') return `Port ${port} may not be opened by this user: choose one above 1024 with --port.`
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return `This machine has no address ${host}: choose 127.0.0.1 or 0.0.0.0 with --host.`
  return `Port ${port} on ${host} cannot be opened (${error.message}): choose others with --port and --host.`
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

function publicHost(host: string): string {
  if (isLoopbackHost(host)) return '127.0.0.1'
  return everyAddress.includes(host) ? lanAddress() ?? '127.0.0.1' : bracketed(host)
}

function lanAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap(list => list ?? [])
  return addresses.find(address => address.family === 'IPv4' && !address.internal)?.address
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
