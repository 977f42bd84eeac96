// What an answer of each agent has cost on average, shown where an agent is chosen.
import { sql } from 'kysely'
import type { Database } from '../../db/open.ts'

const OWNER = 'local'
/** More would cost time and say nothing more. */
const MAX_ANSWERS = 300

/** The mean over the newest answers whose every call has a price, in nano-dollars by agent. */
export async function averageAnswerCosts(db: Database): Promise<Map<string, number>> {
  const { rows } = await sql<{ agent: string; nanoUsd: number }>`
    select m.agent as agent, cast(round(avg(answer.nano_usd)) as integer) as nanoUsd
    from (
      select newest.message_id, sum(c.cost_nano_usd) as nano_usd
      from (
        select id, message_id from runs
        where owner = ${OWNER} and status = 'completed' and copy_of is null order by id desc limit ${MAX_ANSWERS}
      ) newest
      join model_calls c on c.run_id = newest.id and c.demo = 0
      group by newest.id
      having count(c.cost_nano_usd) = count(*)
    ) answer
    join messages m on m.id = answer.message_id
    where m.agent is not null
    group by m.agent`.execute(db.kysely)
  return new Map(rows.map(({ agent, nanoUsd }) => [agent, nanoUsd]))
}
