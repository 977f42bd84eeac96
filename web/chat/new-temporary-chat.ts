/** The address of the empty page of a temporary chat. */
export const NEW_TEMPORARY_CHAT = '/?temporary=true'

export const isNewTemporaryChat = () => new URLSearchParams(location.search).has('temporary')
