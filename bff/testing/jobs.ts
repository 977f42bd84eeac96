// For tests: background jobs that end with their test and must not fail.
import { expect, onTestFinished } from 'vitest'
import { BackgroundJobs } from '../jobs/background-jobs.ts'

export function startJobs(): BackgroundJobs {
  const jobs = new BackgroundJobs((error, name) => expect.unreachable(`${name}: ${String(error)}`))
  onTestFinished(() => jobs.stop())
  return jobs
}
