// Compiles a frequent query once: building and compiling it takes longer than SQLite needs for a few
// rows. The driver keeps the prepared statement.
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** Marks a value that each execution passes by this name. */
type Placeholder<Name> = (name: Name) => RawBuilder<string>

type Given<Name extends string> = Record<Name, string | number | null>

/** Everything in the query except `names` must be the same for every execution. */
export function prepared<Name extends string, Row>(
  names: readonly Name[],
  build: (db: Kysely<Schema>, placeholder: Placeholder<Name>) => CompiledQuery<Row>,
): (db: Kysely<Schema>, given: Given<Name>) => Promise<Row[]> {
  const marks = new Map(names.map((name) => [name, Symbol(name)]))
  const nameOf = new Map<unknown, Name>([...marks].map(([name, mark]) => [mark, name]))
  let query: CompiledQuery<Row> | null = null
  return async (db, given) => {
    query ??= build(db, (name) => sql<string>`${marks.get(name)}`)
    const parameters = query.parameters.map((value) => {
      const name = nameOf.get(value)
      return name === undefined ? value : given[name]
    })
    return (await db.executeQuery<Row>({ ...query, parameters })).rows
  }
}
