/** An invalid setting. The message is one sentence for the operator. */
export class SettingRefused extends Error {}
