// Measures what the product adds to its SQL statements: it runs once while its queries are recorded, and
// then the queries run alone on another connection.
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3)

/** Runs `work` on a database that records its queries. */
export async function recorded(db, work) {
  const queries = []
  const kysely = recording(db.kysely, queries)
  const start = performance.now()
  const result = await work({ ...db, kysely })
  return { took: performance.now() - start, queries, result }
}

function recording(kysely, queries) {
  const note = ({ sql, parameters }) => queries.push({ sql, parameters: [...parameters] })
  return new Proxy(kysely, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (name === 'executeQuery') {
        return (query) => {
          note(query)
          return target.executeQuery(query)
        }
      }
      if (name === 'getExecutor') return () => noting(target.getExecutor(), note)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function noting(executor, note) {
  return new Proxy(executor, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (name !== 'executeQuery') return typeof value === 'function' ? value.bind(target) : value
      return (query, ...rest) => {
        note(query)
        return target.executeQuery(query, ...rest)
      }
    },
  })
}

const statements = new WeakMap()

/** Returns how long the bare statements take. */
export function replay(sqlite, queries) {
  const known = statements.get(sqlite) ?? new Map()
  statements.set(sqlite, known)
  const ready = queries.map(({ sql, parameters }) => {
    if (!known.has(sql)) known.set(sql, sqlite.prepare(sql))
    return { statement: known.get(sql), parameters }
  })
  const start = performance.now()
  for (const { statement, parameters } of ready) {
    if (statement.reader) statement.all(...parameters)
    else statement.run(...parameters)
  }
  return performance.now() - start
}

/** `work` returns our time and the bare time. Takes the fastest round of each. */
export async function compared(times, work) {
  await round(times, work)
  const rounds = []
  for (let n = 0; n < ROUNDS; n += 1) rounds.push(await round(times, work))
  const least = (share) => ({
    ours: Math.min(...rounds.map(({ ours }) => at(ours, share))),
    limit: Math.min(...rounds.map(({ limit }) => at(limit, share))),
  })
  return { median: least(0.5), p99: least(0.99) }
}

async function round(times, work) {
  const took = []
  for (let n = 0; n < times; n += 1) took.push(await work(n))
  const sorted = (name) => took.map((one) => one[name]).toSorted((a, b) => a - b)
  return { ours: sorted('ours'), limit: sorted('limit') }
}

function at(sorted, share) {
  return sorted[Math.floor((sorted.length - 1) * share)]
}

export function ratioLine(what, { ours, limit }, mostRatio, mostMs = Infinity) {
  const ratio = ours / limit
  const microseconds = (ms) => `${(ms * 1000).toFixed(0)} µs`
  return {
    id: 'T11',
    what: `${what}: ${microseconds(ours)} / SQL ${microseconds(limit)}`,
    ratio,
    target: `<= ${mostRatio}${mostMs === Infinity ? '' : `, <= ${mostMs} ms`}`,
    holds: ratio <= mostRatio && ours <= mostMs,
  }
}
