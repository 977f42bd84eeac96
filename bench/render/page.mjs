// Builds, serves and opens the bench page for the duration of a measurement.
import { rmSync } from 'node:fs'
import { openBrowser } from './browser.mjs'
import { buildPage } from './build.mjs'
import { serve } from './server.mjs'

export async function* withPage(measure) {
  const folder = await buildPage()
  const server = await serve(folder)
  const browser = await openBrowser()
  try {
    yield* measure({ browser, address: server.address })
  } finally {
    await browser.close()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
