import { useQuery } from '@tanstack/react-query'
import { agentsQuery } from '../api/agents.ts'
import { Field } from '../ui/field.tsx'
import type { FieldControl } from './settings-form.ts'

/** Selects the agent. Renders nothing if there are no agents. */
export function AgentField({ value, wrong, onText, name }: FieldControl) {
  const agents = useQuery(agentsQuery()).data?.items ?? []
  const chosen = agents.find((agent) => agent.name === value) ?? agents[0]
  if (chosen === undefined) return null
  return (
    <Field label="Agent" hint={chosen.description} wrong={wrong}>
      {({ className, ...control }) => (
        <select
          {...control}
          name={name}
          value={chosen.name}
          className={`${className} h-10 px-2 pointer-coarse:h-11`}
          onChange={(event) => onText(event.target.value)}
        >
          {agents.map((agent) => (
            <option key={agent.name}>{agent.name}</option>
          ))}
        </select>
      )}
    </Field>
  )
}
