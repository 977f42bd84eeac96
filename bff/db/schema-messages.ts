// The tables about changes of the message tree.
export interface MessageDeletionsTable {
  id: string
  conversation_id: string
  deleted_at: string
  selected_message_id: string | null
  /** JSON: an array of [message id, parent id before]. */
  joined: string
  /** JSON: an array of summary ids. */
  summaries: string
}
