import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext { runDir: string }
}

/** A folder for what the test files of one run make once and share: see prepared.ts. It goes with the run. */
export default function setup(project: TestProject): () => void {
  const runDir = mkdtempSync(path.join(tmpdir(), 'xiaopu-run-'))
  project.provide('runDir', runDir)
  return () => rmSync(runDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
