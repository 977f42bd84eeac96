// The body of an upload. It may take as long as it needs, but not stand still.
import { t } from '#shared/translate.ts'
import { Problem } from '../http/problem.ts'

export async function* uploadBody(
  body: ReadableStream<Uint8Array> | null,
  stallMs: number,
): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (reader === undefined) return
  try {
    for (;;) {
      const { done, value } = await soon(reader.read(), stallMs)
      if (done) return
      yield value
    }
  } finally {
    // Refused or stalled, the rest is not read.
    void reader.cancel().catch(() => {})
  }
}

async function soon<T>(wanted: Promise<T>, stallMs: number): Promise<T> {
  const stalled = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    const seconds = Math.round(stallMs / 1000)
    stalled.reject(
      new Problem('upload_stalled', t`Nothing arrived for ${seconds} seconds: upload it again.`),
    )
  }, stallMs)
  return Promise.race([wanted, stalled.promise]).finally(() => clearTimeout(timer))
}
