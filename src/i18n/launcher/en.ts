/** What the launcher says before anything else is loaded; all other texts come with the dictionary. */
export interface LauncherTexts {
  readonly openChat: string;
}

/** The launcher in English. */
export const launcherEn: LauncherTexts = { openChat: 'Open chat' };
