/**
 * The language to ask for: the nearest `lang` around the element, else the browser's, matched with what is offered.
 * Undefined leaves it to the relay. Nothing offered means that anything well-formed may be asked for.
 */
export function chooseLanguage(element: Element, offered: readonly string[]): string | undefined {
  const wanted = element.closest('[lang]')?.getAttribute('lang') || navigator.language;
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,3}$/.test(wanted)) return undefined;
  if (offered.length === 0) return wanted;
  return offered.find((lang) => isSame(lang, wanted)) ?? offered.find((lang) => isSame(baseOf(lang), baseOf(wanted)));
}

/** The locale for times in texts of `lang`: the visitor's own regional variant of that language, where there is one. */
export function regionalLocale(lang: string): string {
  return navigator.languages.find((candidate) => isSame(baseOf(candidate), baseOf(lang))) ?? lang;
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
const baseOf = (lang: string): string => lang.split('-')[0] ?? lang;
