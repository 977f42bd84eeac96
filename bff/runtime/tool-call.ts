// A call of a tool: as a model makes it, and as its readers have seen it.

export interface CalledTool {
  callId: string
  name: string
}

export interface ModelToolCall extends CalledTool {
  /** JSON text as the model wrote it. */
  arguments: string
  /** The wait of an earlier process that it goes on with. */
  resumes?: string | undefined
}

export interface AnnouncedCall {
  agent: string
  /** As the model wrote it, which may differ from the tool's own. */
  name: string
}
