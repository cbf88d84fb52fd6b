import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

/** Where Chromium and Chrome live on the systems that people develop on. */
function candidates(): string[] {
  const { CHROMIUM, LOCALAPPDATA = '', PROGRAMFILES = 'C:\\Program Files' } = process.env
  const onPath = (process.env.PATH ?? '').split(path.delimiter)
    .flatMap(folder => ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(name => path.join(folder, name)))
  return [
    ...(CHROMIUM ? [CHROMIUM] : []),
    ...onPath,
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    path.join(PROGRAMFILES, 'Google/Chrome/Application/chrome.exe'),
    path.join(LOCALAPPDATA, 'Google/Chrome/Application/chrome.exe'),
  ]
}

/** The browser's program; null when there is none on this machine. */
export const findChromium = (): string | null => candidates().find(file => existsSync(file)) ?? null

/**
 * The browser's program, installed by apt first where it is missing and we may (root on Debian or its kin). Throws one
 * sentence that says how to get one otherwise.
 */
export function requireChromium(): string {
  const found = findChromium()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium and Chinese fonts by apt …')
    const install = () => spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], { encoding: 'utf8' })
    if (install().status !== 0) {
      spawnSync('apt-get', ['update'], { encoding: 'utf8' })
      const second = install()
      if (second.status !== 0) throw new Error(`apt could not install Chromium: ${second.stderr.trim().split('\n').at(-1) ?? ''}`)
    }
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
