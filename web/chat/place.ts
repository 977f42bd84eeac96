/** The place of a thread that has no conversation yet; every other is at the id of its own. */
export const NEW_CHAT = 'new'
