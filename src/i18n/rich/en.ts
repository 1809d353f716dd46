/** What rich messages say by themselves; everything else in them comes from whoever wrote them. */
export interface RichTexts {
  /** Name of a group of quick replies that has no title. */
  readonly replies: string;
  /** Name of several cards that have no title. */
  readonly cards: string;
  /** What several cards in a row are, said after their name. */
  readonly carousel: string;
  /** Both from 1. */
  readonly position: (number: number, count: number) => string;
  readonly previousCard: string;
  readonly nextCard: string;
  /** Stand-ins where nobody gave a name. */
  readonly picture: string;
  readonly video: string;
  readonly document: string;
  readonly form: string;
  readonly opensInNewTab: string;
  /** For a message without anything that can be shown. */
  readonly unsupported: string;
}

/** Rich messages in English. */
export const richEn: RichTexts = {
  replies: 'Suggested replies',
  cards: 'Cards',
  carousel: 'carousel',
  position: (number, count) => `${number} of ${count}`,
  previousCard: 'Previous card',
  nextCard: 'Next card',
  picture: 'Picture',
  video: 'Video',
  document: 'Document',
  form: 'Form',
  opensInNewTab: 'Opens in a new tab',
  unsupported: 'This message can’t be shown here.',
};
