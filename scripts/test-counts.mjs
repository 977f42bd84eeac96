// Counts passed and failed tests from the JSON reports of Vitest and Playwright.
import { readFileSync } from 'node:fs'

const NONE = { passed: 0, failed: 0 }

export function countVitest(file) {
  const report = read(file)
  if (report === null) return NONE
  // A file that could not be loaded has no tests, but counts as a failure.
  const brokenFiles = report.testResults.filter(
    (one) => one.status === 'failed' && one.assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
  }
}

export function countPlaywright(file) {
  const report = read(file)
  if (report === null) return NONE
  const { expected, unexpected, flaky } = report.stats
  return { passed: expected + flaky, failed: unexpected + report.errors.length }
}

// Without a report, the runner failed early.
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
