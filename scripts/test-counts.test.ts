import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { countPlaywright, countVitest } from './test-counts.mjs'

function report(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'tally-report-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

test('unit tests are counted, and a file that cannot be loaded is a failure', () => {
  const file = report({
    numPassedTests: 7,
    numFailedTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  })
  expect(countVitest(file)).toEqual({ passed: 7, failed: 2 })
})

test('browser tests are counted, and an error outside a test is a failure', () => {
  const stats = { expected: 5, unexpected: 2, flaky: 1, skipped: 3 }
  expect(countPlaywright(report({ stats, errors: [{}] }))).toEqual({ passed: 6, failed: 3 })
})

test('a runner without a report counts nothing', () => {
  expect(countVitest('/nowhere.json')).toEqual({ passed: 0, failed: 0 })
  expect(countPlaywright('/nowhere.json')).toEqual({ passed: 0, failed: 0 })
})
