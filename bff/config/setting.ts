/** The raw settings: names and values from the environment and `.env`. */
export type Env = Record<string, string | undefined>

/** An invalid setting. The message is one sentence for the operator. */
export class SettingRefused extends Error {}
