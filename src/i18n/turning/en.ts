/** Why a chat ended, as far as there are words for it; `other` is all that needs no explanation. */
export type EndReason =
  | 'by_end_user'
  | 'by_agent'
  | 'timeout'
  | 'deflected'
  | 'after_hours'
  | 'expired'
  | 'no_response'
  | 'escalation_failed'
  | 'expired_menu_selection'
  | 'end_user_opt_out'
  | 'over_cap_email'
  | 'group_deleted_no_substitute'
  | 'unknown'
  | 'other';

/** Why no person can be had as asked. */
export type DeflectionReason = 'over_capacity' | 'after_hours' | 'unknown';

/** The ways on that can be taken. */
export type DeflectionWay = 'email' | 'human_agent' | 'external_link' | 'virtual_agent';

/** A heading, and the sentence below it. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** What is said at the turning points of a chat, in one language: while waiting, when it goes on otherwise, when it ends. */
export interface TurningTexts {
  /** A person was asked for, and is being looked for. */
  readonly connecting: string;
  /** A person took the chat and is not here yet. */
  readonly joining: string;
  /** No person was found; what else there is will be told. */
  readonly searching: string;
  /** `minutes` is a whole number, 0 or more. */
  readonly wait: (minutes: number) => string;
  /** Nobody came, and nobody is being looked for. */
  readonly canceled: Words;
  readonly deflected: Words;

  readonly deflection: Readonly<Record<DeflectionReason, Words>>;
  /** `title` stands in where the platform gives no label. */
  readonly way: Readonly<Record<DeflectionWay, Words>>;
  /** A way on that this chat does not know or cannot take. */
  readonly unavailableWay: Words;
  readonly email: string;
  readonly emailInvalid: string;
  readonly sendEmail: string;
  readonly back: string;

  readonly dismissed: Words;
  readonly resume: string;
  readonly startAnother: string;
  readonly close: string;

  readonly ended: Readonly<Record<EndReason, Words>>;
  readonly startNewChat: string;

  readonly rate: string;
  readonly stars: (count: number) => string;
  /** What 1 to 5 stars mean. */
  readonly ratings: readonly [string, string, string, string, string];
  readonly comment: string;
  readonly sendFeedback: string;
  readonly feedbackFailed: string;
  readonly thanks: string;

  readonly stillThere: string;
  /** `seconds` is 0 or more; from a minute on, whole minutes are told. */
  readonly closesIn: (seconds: number) => string;
  /** What the visitor says to keep the chat; sent word for word. */
  readonly stillHere: string;
}

const count = (many: number, one: string): string => (many === 1 ? `1 ${one}` : `${many} ${one}s`);
const ended = 'This chat has ended';
const sorry = 'Something went wrong on our side. We’re sorry.';
const noPerson = 'No person is free right now';

/** The turning points in English. */
export const turningEn: TurningTexts = {
  connecting: 'Connecting you to a person…',
  joining: 'Somebody is about to join you…',
  searching: 'No person is free right now. Looking for another way to help you…',
  wait: (minutes) => {
    if (minutes === 0) return 'Estimated wait: less than a minute';
    const time = minutes < 60 ? count(minutes, 'minute') : count(Math.ceil(minutes / 30) / 2, 'hour');
    return `Estimated wait: about ${time}`;
  },
  canceled: { title: 'You’re still chatting with the assistant', text: 'Nobody is being called any more.' },
  deflected: { title: 'You’re still chatting with the assistant', text: `${noPerson}.` },

  deflection: {
    over_capacity: { title: 'Everyone is busy right now', text: 'How would you like to go on?' },
    after_hours: { title: 'We’re closed right now', text: 'Nobody can join at this hour. How would you like to go on?' },
    unknown: { title: noPerson, text: 'How would you like to go on?' },
  },
  way: {
    email: { title: 'Get an answer by email', text: 'This ends the chat; we write to you.' },
    human_agent: { title: 'Keep waiting', text: 'You keep your place until somebody is free.' },
    external_link: { title: 'Go on elsewhere', text: 'Opens in a new tab and ends this chat.' },
    virtual_agent: { title: 'Continue with the assistant', text: 'Automated, and here at once.' },
  },
  unavailableWay: { title: 'Another way', text: 'Not available in this chat.' },
  email: 'Your email address',
  emailInvalid: 'Please enter a full address, such as name@example.com.',
  sendEmail: 'Get my answer by email',
  back: 'Back',

  dismissed: { title: 'This chat is paused', text: 'It was quiet for a while. Everything you wrote is still here.' },
  resume: 'Continue conversation',
  startAnother: 'Start a new one',
  close: 'Close',

  ended: {
    by_end_user: { title: 'You ended this chat', text: 'Thank you for writing to us.' },
    by_agent: { title: ended, text: 'Our team closed it. Thank you for writing to us.' },
    timeout: { title: ended, text: 'It was closed because nobody had written for a while.' },
    deflected: { title: ended, text: 'You chose to go on another way.' },
    after_hours: { title: 'We’re closed right now', text: 'Nobody can answer at this hour. Please come back when we’re open.' },
    expired: { title: 'Nobody could join you in time', text: 'We’re sorry that you waited. Please try again later.' },
    no_response: { title: 'Nobody could answer', text: 'We’re sorry. Please try again later.' },
    escalation_failed: { title: 'We couldn’t connect you to a person', text: sorry },
    expired_menu_selection: { title: 'This chat was closed', text: 'No topic was chosen in time. You can start again.' },
    end_user_opt_out: { title: 'You opted out of this chat', text: 'Nobody writes to you here unless you start a new one.' },
    over_cap_email: { title: 'Everyone is busy right now', text: 'Too many people are waiting, so this chat could not go on. We’re sorry.' },
    group_deleted_no_substitute: { title: 'Nobody is there for this topic any more', text: 'We’re sorry. A new chat may reach another team.' },
    unknown: { title: 'This chat was cut off', text: sorry },
    other: { title: ended, text: 'Thank you for writing to us.' },
  },
  startNewChat: 'Start a new chat',

  rate: 'How was this chat?',
  stars: (many) => count(many, 'star'),
  ratings: ['Poor', 'Not so good', 'Okay', 'Good', 'Great'],
  comment: 'Would you like to say more? (optional)',
  sendFeedback: 'Send feedback',
  feedbackFailed: 'Your feedback could not be sent. Please try again.',
  thanks: 'Thank you for your feedback.',

  stillThere: 'Still there?',
  closesIn: (seconds) => {
    if (seconds === 0) return 'This chat is about to close.';
    return `This chat closes in ${seconds < 60 ? count(seconds, 'second') : count(Math.round(seconds / 60), 'minute')}.`;
  },
  stillHere: 'I’m still here',
};
