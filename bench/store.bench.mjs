// T11: the cost of storing and reading apart from the disk, with the product's own functions, on a million
// messages. L1 and L2: a ledger row per call, and usage over a hundred thousand and a million rows, to
// show what grows with the number of rows. L3: how much the database grows per call and per message. The
// fastest round counts.
export async function* measure(wants) {
  if (wants('T11')) {
    const { measureMessages } = await import('./store/messages.mjs')
    yield* measureMessages()
  }
  if (wants('L1') || wants('L2')) {
    const { measureLedger } = await import('./store/ledger.mjs')
    yield* measureLedger()
  }
  if (wants('L3')) {
    const { measureGrowth } = await import('./store/growth.mjs')
    yield* measureGrowth()
  }
}
