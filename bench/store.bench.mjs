// T11: what storing and reading cost apart from the disk, through the product's own functions, on a
// million messages. L1 and L2: a ledger row per call, and usage over a hundred thousand and a
// million rows, whose growth shows what grows with the number of rows; L3: how much the database grows
// with each call and each message. The calmest round counts.
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
