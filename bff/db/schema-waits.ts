// The tables of what runs wait for, of the rules that approve it, and of what their tools and nested
// runs leave behind.
import type { Generated } from 'kysely'

export interface WaitsTable {
  id: string
  owner: Generated<string>
  run_id: string
  conversation_id: string
  kind: 'budget' | 'approval' | 'question'
  tool: string | null
  agent: string | null
  request: string
  created_at: string
  expires_at: string
  decision: Generated<string | null>
  decided_at: Generated<string | null>
  imported: Generated<0 | 1>
}

/** `conditions` is a list of RuleCondition as JSON. */
export interface RulesTable {
  id: string
  owner: Generated<string>
  agent: string
  tool: string
  conversation_id: string | null
  conditions: string
  created_at: string
  expires_at: string | null
  revoked_at: Generated<string | null>
  uses: Generated<number>
  last_used_at: Generated<string | null>
}

export interface NestedItemsTable {
  run_id: string
  parent_call_id: string
  seq: number
  item: string
}

export interface ToolOutputsTable {
  run_id: string
  call_id: string
  output: string
}
