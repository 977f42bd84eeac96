// A query whose SQL is put together once, for what is read and written again and again: building and
// compiling it takes longer than SQLite needs for a few rows. The driver keeps the statement of it.
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** Where a query takes what an execution gives it by this name. */
type Placeholder<Name> = (name: Name) => RawBuilder<string>

type Given<Name extends string> = Record<Name, string | number | null>

/** Everything in the query that is not one of `names` must be the same at every execution. */
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
