import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

const { LOCALAPPDATA = '', PROGRAMFILES = 'C:\\Program Files', PATH = '' } = process.env

const onPath = (...programs: string[]): string[] =>
  PATH.split(path.delimiter).flatMap(folder => programs.map(program => path.join(folder, program)))

const firstOf = (files: string[]): string | null => files.find(file => existsSync(file)) ?? null

/** Chromium without windows: the same pages, and half a second of computing less for each of them. */
const findShell = () => firstOf(onPath('chromium-headless-shell', 'chrome-headless-shell'))

/** Chromium and Chrome where they live on the systems that people develop on. */
const findWindowed = () => firstOf([
  ...onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'),
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  path.join(PROGRAMFILES, 'Google/Chrome/Application/chrome.exe'),
  path.join(LOCALAPPDATA, 'Google/Chrome/Application/chrome.exe'),
])

/** The browser's program: the one that CHROMIUM names, a shell, or a whole browser; null when there is none on this machine. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM
  if (named && !existsSync(named)) throw new Error(`CHROMIUM names ${named}, and there is no such file.`)
  return named || findShell() || findWindowed()
}

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** Installs a browser and Chinese fonts by apt. Empty when that went well, otherwise what apt said last. */
function install(browser: string): string {
  console.log(`Installing ${browser} and Chinese fonts by apt …`)
  const { status, stderr } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', browser, 'fonts-noto-cjk'], { encoding: 'utf8' })
  return status === 0 ? '' : stderr.trim().split('\n').at(-1) ?? 'nothing'
}

/** Before many tests: sees to it that there is a browser, and a light one where it can be had (root on Debian or its kin). */
export function prepareChromium(): void {
  if (!process.env.CHROMIUM && findShell() === null && mayInstall()) {
    // A machine on which nothing was installed yet has no list of what there is.
    if (findWindowed() === null) spawnSync('apt-get', ['update'], { encoding: 'utf8' })
    install('chromium-headless-shell')
  }
  requireChromium()
}

/**
 * The browser's program, installed by apt first where it is missing and we may. Throws one sentence that says how to get one
 * otherwise.
 */
export function requireChromium(): string {
  const found = findChromium()
  if (found) return found
  if (mayInstall()) {
    let complaint = install('chromium')
    if (complaint) {
      spawnSync('apt-get', ['update'], { encoding: 'utf8' })
      complaint = install('chromium')
    }
    if (complaint) throw new Error(`apt could not install Chromium: ${complaint}`)
  }
  const installed = findChromium()
  if (installed) return installed
  throw new Error('The tests need a browser: install Chromium or Chrome (Debian: sudo apt-get install chromium fonts-noto-cjk), or set CHROMIUM to its path.')
}

/** Keeps the browser quiet and alone: no background traffic, no sandbox where there is none to have (containers). */
export const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
]
