// Limits on the length of texts.
export const MAX_TEXT_CHARS = 200_000
export const MAX_TITLE_CHARS = 200
export const MAX_FOLDER_NAME_CHARS = 100
export const MAX_FOLDERS = 200
export const MAX_INSTRUCTIONS_CHARS = 20_000
export const MAX_PROMPTS = 500
export const MAX_PROMPT_NAME_CHARS = 80
export const MAX_PROMPT_TEXT_CHARS = 20_000
