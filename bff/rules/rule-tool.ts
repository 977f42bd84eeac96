/** What rules know of a tool. */
export interface RuleTool {
  isReadOnly: boolean
  /** The names of its top-level arguments. */
  fields: string[]
  /** Reads JSON text with the schema of the tool. Null: it does not fit. */
  read(args: string): Record<string, unknown> | null
}

/** Undefined if the agent has no such tool. */
export type FindTool = (agent: string, tool: string) => RuleTool | undefined
