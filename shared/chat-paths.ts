// The paths that a conversation needs, separate so that the first page loads no more.
export const chatPaths = {
  models: '/api/models',
  conversations: '/api/conversations',
  conversation: <Id extends string>(id: Id) => `/api/conversations/${id}` as const,
  restoreConversation: <Id extends string>(id: Id) => `/api/conversations/${id}/restore` as const,
  runs: <Id extends string>(conversationId: Id) =>
    `/api/conversations/${conversationId}/runs` as const,
  events: <Id extends string>(runId: Id) => `/api/runs/${runId}/events` as const,
  severalEvents: '/api/events',
  stop: <Id extends string>(runId: Id) => `/api/runs/${runId}/stop` as const,
  decisions: <Id extends string>(runId: Id) => `/api/runs/${runId}/decisions` as const,
} as const
